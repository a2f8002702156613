using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Binding;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Invoke-McpTool: calls a tool and returns its answer as objects.</summary>
/// <remarks>
/// <para>The arguments of the tool are parameters of the command, with completion of their names and of the values that
/// the API lists; -Argument takes them as a hashtable. A boolean is a switch: -draft sends true, -draft:$false false,
/// and -draft:$null null if the API accepts it. Missing required arguments are one error that names all of them.</para>
/// <para>Properties of objects from the pipeline become arguments of the same name, one call per object. Their id
/// becomes the argument at the end of the tool's path: petId of /pets/{petId}. A scalar becomes the one required
/// argument that is not given otherwise.</para>
/// <para>An argument whose name is a parameter of Invoke-McpTool, an alias or an abbreviation of one has the suffix
/// Value: -nameValue for the argument name. Parameters of Invoke-McpTool that take a value must therefore be written in
/// full.</para>
/// <para>The arguments are checked before anything is sent. An error is written for each call that fails; its exception
/// has the API's Status, Detail and Response, and its details a recommended action. -WhatIf shows the exact request as
/// commands for PowerShell and curl, with secrets masked; it sends nothing and opens no vault.</para>
/// <para>-Verbose shows method, URL, status, time and bytes of each attempt, with secrets masked; -Debug adds header
/// fields and the beginnings of the bodies.</para>
/// <para>Tools that delete (DELETE, or destructive in the manifest) have a high confirm impact, other writing tools
/// medium, reading tools none; $ConfirmPreference decides whether PowerShell asks. Non-interactive scripts add
/// -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>
/// Invoke-McpTool get_pet -petId 7
/// </code>
/// Calls a tool with one argument.
/// </example>
/// <example>
/// <code>
/// Import-Csv pets.csv | Invoke-McpTool add_pet
/// </code>
/// Calls a tool once per line; the columns are its arguments.
/// </example>
/// <example>
/// <code>
/// Invoke-McpTool list_pets -status sold | Invoke-McpTool get_pet
/// </code>
/// Calls a tool for each object of another tool: its id becomes the argument petId of the path.
/// </example>
/// <example>
/// <code>
/// 7, 8 | Invoke-McpTool get_pet -fields name
/// </code>
/// Calls a tool for each number: it is the required argument.
/// </example>
/// <example>
/// <code>
/// Invoke-McpTool add_pet -Argument @{ name = 'Rex'; tags = 'dog', 'old' } -WhatIf
/// </code>
/// Shows the request that would be sent.
/// </example>
/// <example>
/// <code>
/// $job = Import-Csv pets.csv | Invoke-McpTool add_pet -AsJob
/// $job | Wait-Job | Receive-Job
/// </code>
/// Calls a tool in the background, once per line, and gets the answers.
/// </example>
/// <example>
/// <code>
/// Invoke-McpTool get_pet -petId 7 -Verbose -TimeoutSec 10 -StatusCodeVariable status
/// </code>
/// Shows each attempt of a call that may take ten seconds in total, and stores the HTTP status in $status.
/// </example>
/// <example>
/// <code>
/// Invoke-McpTool add_pet -nameValue Rex
/// </code>
/// Sets the argument 'name', which is also the name of a parameter of Invoke-McpTool.
/// </example>
/// <example>
/// <code>
/// $files = Connect-McpServer -Command npx -CommandArgument '-y', '@modelcontextprotocol/server-filesystem', $PWD
/// Invoke-McpTool list_directory -Server $files -path .
/// </code>
/// Calls a tool of another MCP server.
/// </example>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "McpTool",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = ConnectorSet
)]
[OffersParameters(typeof(CallParameters))]
[OutputType(typeof(PSObject), typeof(string), typeof(McpContent), typeof(McpToolJob))]
public sealed partial class InvokeMcpToolCommand : McpToolCommand, IDynamicParameters
{
    private bool _isNamed;
    private string? _profile;
    private CallRunner? _runner;
    private BackgroundCalls? _background;

    /// <summary>The tool's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ToolNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Arguments by name.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    [ArgumentTable]
    public IDictionary Argument { get; set; } = new Hashtable();

    /// <summary>
    /// The connectors folder. Default: MCP_RUNTIME_CONNECTORS_DIR, or the one in the user's data folder.
    /// </summary>
    // Not from the pipeline: an answer with a property of this name must not choose other connectors.
    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string? ConnectorPath { get; set; }

    /// <summary>An object whose properties are further arguments, or the value of the one required argument.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void BeginProcessing()
    {
        // What the pipeline brings is data, and no data chooses a tool by a property that happens to be called 'name'.
        _isNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Name));
        var settings = Settings(_offered.Read());
        if ((ShapeConflict() ?? settings.Conflict()) is { } conflict)
            throw Terminate(conflict, ErrorId.ParameterConflict, ErrorCategory.InvalidArgument, null);
        _profile = settings.Profile;
        _runner = new CallRunner(this, settings);
        if (settings.AsJob)
            _background = new BackgroundCalls(this, $"Invoke-McpTool {Name}", settings);
    }

    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is PreparedCall prepared)
        {
            _runner!.Call(Adopt(prepared.Target), prepared.Tool, prepared.Arguments, prepared.Objects);
            return;
        }
        if (IsRefused())
            return;
        var piped = _isNamed ? null : InputObject?.BaseObject as McpTool;
        if (!_isNamed && piped is null)
        {
            Report(
                "The object from the pipeline is not a tool. Name the tool to call it with: Invoke-McpTool "
                    + "NAME; or pipe tools of Get-McpTool.",
                ErrorId.ToolNotFound,
                ErrorCategory.InvalidArgument,
                InputObject
            );
            return;
        }
        IToolTarget target;
        McpTool tool;
        JsonElement arguments;
        try
        {
            target = piped is null ? Target() : TargetOf(piped);
            tool = target.Find(piped?.Name ?? Name);
            if (!TryRead(tool, out arguments))
                return;
        }
        catch (ToolNotFoundException exception)
        {
            WriteError(exception.ToError());
            return;
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ArgumentInvalid, ErrorCategory.InvalidArgument, Name);
            return;
        }
        if (!CallConfirmation.Asks(this, target, tool, arguments, _profile))
            return;
        if (_background is not null)
            _background.Add(target, tool, arguments, AnswerObjects.Plain);
        else
            _runner!.Call(target, tool, arguments, AnswerObjects.Plain);
    }

    protected override void EndProcessing() => _background?.Close();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _background?.Dispose();
        base.Dispose(disposing);
    }
}
