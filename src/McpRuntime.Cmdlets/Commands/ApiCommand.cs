using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Commands.Calls;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Commands.Output;
using McpRuntime.Cmdlets.Commands.Sources;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Commands;

/// <summary>
/// What every command for an API shares. The class of a command has only its parameters, as fields, and says by
/// attributes which tools its parameter sets call.
/// </summary>
/// <remarks>
/// The parameters here are fields, too: PowerShell shows properties before fields, and those of the API come first.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1051:Do not declare visible instance fields",
    Justification = "PowerShell binds them, and shows properties before the fields of derived commands."
)]
public abstract class ApiCommand : McpCmdlet
{
    private readonly Dictionary<string, object?> _line = new(StringComparer.OrdinalIgnoreCase);
    private ApiCommandShape? _shape;
    private ApiTools? _tools;
    private CallRunner? _runner;
    private BackgroundCalls? _background;

    /// <summary>An object whose properties are arguments.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject;

    /// <summary>Further arguments, by the names that the API gives them.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Argument = new Hashtable();

    /// <summary>Returns the text of the answer unchanged. For JSON, that is the JSON of the API.</summary>
    [Parameter]
    public SwitchParameter Raw;

    /// <summary>
    /// Returns ordered hashtables. They can have keys that differ only in case, which are an error otherwise.
    /// </summary>
    [Parameter]
    public SwitchParameter AsHashtable;

    /// <summary>
    /// File for the body of the answer, byte for byte. It is written under a temporary name and renamed when complete.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile;

    /// <summary>Replaces the file of -OutFile if it exists.</summary>
    [Parameter]
    public SwitchParameter Force;

    /// <summary>
    /// Seconds for the whole call: attempts, waits and the transfer of the answer. Default: the limit of the connector.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec;

    /// <summary>
    /// Which of several accounts is used: the profile of Connect-McpConnector or Set-McpCredential. Default:
    /// MCP_RUNTIME_PROFILE, that of the manifest, or default.
    /// </summary>
    [Parameter]
    [ValidatePattern(ProfileName.Pattern)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile;

    /// <summary>Calls in the background and returns a job. Objects from the pipeline are calls of one job.</summary>
    [Parameter]
    public SwitchParameter AsJob;

    /// <summary>
    /// Waits for the end of an operation that the API only accepts (HTTP 202, or an operation that is not done) and
    /// returns its result.
    /// </summary>
    [Parameter]
    public SwitchParameter Wait;

    /// <summary>Maximum size of the answer in bytes, after decompression. Default: no limit.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaximumBytes;

    /// <summary>Name of a variable, without the dollar sign, for the response headers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResponseHeadersVariable;

    /// <summary>Name of a variable, without the dollar sign, for the HTTP status as a number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatusCodeVariable;

    protected override void BeginProcessing()
    {
        _shape = ApiCommandShape.Of(GetType());
        foreach (var (name, value) in MyInvocation.BoundParameters)
        {
            // A script block for anything but an object runs for each object of the pipeline; its field has the value.
            if (
                _shape.Fields.TryGetValue(name, out var field)
                && (value is not ScriptBlock || field.FieldType == typeof(object))
            )
                _line[name] = value;
        }
        var settings = Settings(ReadPages(_shape));
        var conflict = Raw && AsHashtable ? "-Raw and -AsHashtable cannot be used together." : settings.Conflict();
        if (conflict is not null)
            throw Terminate(conflict, ErrorId.ParameterConflict, ErrorCategory.InvalidArgument, null);
        _runner = new CallRunner(this, settings);
        if (AsJob)
            _background = new BackgroundCalls(this, MyInvocation.MyCommand.Name, settings);
        _tools = ApiSource.Open(this, _shape);
    }

    protected override void ProcessRecord()
    {
        try
        {
            var prepared = Prepare();
            if (!CallConfirmation.Asks(this, _tools!.Target, prepared.Tool, prepared.Arguments, Profile))
                return;
            if (_background is not null)
                _background.Add(_tools!.Target, prepared.Tool, prepared.Arguments, prepared.Objects);
            else
                _runner!.Call(_tools!.Target, prepared.Tool, prepared.Arguments, prepared.Objects);
        }
        catch (ToolNotFoundException exception)
        {
            throw Terminate(ApiSource.Outdated(_shape!, exception));
        }
        catch (ArgumentsMissingException exception)
        {
            Report(exception, ErrorId.ArgumentMissing, ErrorCategory.InvalidArgument, InputObject);
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ArgumentInvalid, ErrorCategory.InvalidArgument, InputObject);
        }
    }

    protected override void EndProcessing() => _background?.Close();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _background?.Dispose();
            _tools?.Dispose();
        }
        base.Dispose(disposing);
    }

    private (McpTool Tool, JsonElement Arguments, AnswerObjects Objects) Prepare()
    {
        var input = InputObject is null ? null : new PipedObject(InputObject, _shape!.FieldValues(this, _line));
        var given = new GivenArguments(_line, Argument, input);
        var call = new CallChoice(_shape!, _tools!).Choose(ParameterSetName, given, this);
        return (call.Tool, call.Arguments, AnswerTypes.Of(call.Tool, call.TypePrefix).For(call));
    }

    private PageWish? ReadPages(ApiCommandShape shape)
    {
        try
        {
            return LinePages.Take(shape.HasPages, _line);
        }
        catch (McpRuntimeException exception)
        {
            throw Terminate(exception, ErrorId.ArgumentInvalid, ErrorCategory.InvalidArgument, null);
        }
    }

    private CallSettings Settings(PageWish? pages) =>
        new()
        {
            Shape =
                Raw ? AnswerShape.Raw
                : AsHashtable ? AnswerShape.Hashtables
                : AnswerShape.Objects,
            OutFile = OutFile,
            Overwrites = Force,
            MaximumBytes = MaximumBytes,
            Timeout = TimeoutSec is { } seconds ? new CallTimeout(TimeSpan.FromSeconds(seconds), "-TimeoutSec") : null,
            Profile = Profile,
            Waits = Wait,
            Pages = pages,
            HeadersVariable = ResponseHeadersVariable,
            StatusVariable = StatusCodeVariable,
            AsJob = AsJob,
        };
}
