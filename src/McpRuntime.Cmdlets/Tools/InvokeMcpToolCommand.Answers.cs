using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tracing;

namespace McpRuntime.Cmdlets.Tools;

/// <content>What is done with the answers.</content>
public sealed partial class InvokeMcpToolCommand
{
    private bool _isFileWritten;

    /// <summary>Returns the text of the answer unchanged. For JSON, that is the JSON of the API.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Returns the answer as JSON: that of the API unchanged, other text as a JSON string.</summary>
    [Parameter]
    public SwitchParameter AsJson { get; set; }

    /// <summary>
    /// Returns ordered hashtables. They can have keys that differ only in case, which are an error otherwise.
    /// </summary>
    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>
    /// File for the body of the answer, byte for byte. It is written under a temporary name and renamed when complete.
    /// Nothing is written to the pipeline. For several calls, use ForEach-Object.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Replaces the file of -OutFile if it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Maximum size of the answer in bytes, after decompression. A longer one is an error. Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaximumBytes { get; set; }

    /// <summary>
    /// Name of a variable, without the dollar sign, for the relevant response headers (Location, Link of further pages,
    /// Retry-After, what the operation declares; for HEAD all) as a dictionary. Never credentials or cookies.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResponseHeadersVariable { get; set; }

    private AnswerShape Shape =>
        Raw ? AnswerShape.Raw
        : AsJson ? AnswerShape.Json
        : AsHashtable ? AnswerShape.Hashtables
        : AnswerShape.Objects;

    private void RefuseConflicts()
    {
        string?[] given =
        [
            Raw ? "-Raw" : null,
            AsJson ? "-AsJson" : null,
            AsHashtable ? "-AsHashtable" : null,
            OutFile is null ? null : "-OutFile",
        ];
        if (given.OfType<string>().ToArray() is [var one, var other, ..])
            throw Terminate(
                $"{one} and {other} cannot be used together.",
                ErrorId.ParameterConflict,
                ErrorCategory.InvalidArgument,
                null
            );
        if (WantsPages && given.OfType<string>().FirstOrDefault(name => name != "-AsHashtable") is { } shape)
            throw Terminate(
                $"-First, -Skip and -All return items, so they cannot be used together with {shape}.",
                ErrorId.ParameterConflict,
                ErrorCategory.InvalidArgument,
                null
            );
        // A job has no variables of this session.
        var variable =
            _own.StatusCodeVariable is not null ? "-StatusCodeVariable"
            : ResponseHeadersVariable is not null ? "-ResponseHeadersVariable"
            : null;
        if (_own.AsJob && variable is not null)
            throw Terminate(
                $"-AsJob and {variable} cannot be used together.",
                ErrorId.ParameterConflict,
                ErrorCategory.InvalidArgument,
                null
            );
    }

    private void Call(IToolTarget target, McpTool tool, JsonElement arguments)
    {
        if (!TryPrepareFile(out var file))
            return;
        using var bar = new ProgressBar(this, $"Calling {Diagnostics.UntrustedText.ForTerminal(tool.Name)}");
        var call = new CallRequest(tool, arguments)
        {
            MaximumBytes = MaximumBytes,
            Timeout = Timeout,
            Waits = _own.Wait,
            Bar = bar,
        };
        if (WantsPages)
        {
            WritePages(target, call);
            return;
        }
        using var answer = target.Call(call);
        if (ResponseHeadersVariable is not null)
            SessionState.PSVariable.Set(ResponseHeadersVariable, HeaderTable.Of(answer.Headers));
        if (_own.StatusCodeVariable is not null)
            SessionState.PSVariable.Set(_own.StatusCodeVariable, answer.Status);
        if (answer.Failure is { } failure)
        {
            bar.Dispose();
            WriteError(AnswerErrors.Of(tool, failure, answer.CallId));
            return;
        }
        try
        {
            using var transfer = TransferWatch.Start(this, bar, answer);
            if (file is not null)
                Save(answer, file);
            else
                new AnswerWriter(this, Shape).Write(answer);
        }
        catch (Exception exception) when (AnswerErrors.Of(tool, answer, exception) is { } error)
        {
            bar.Dispose();
            WriteError(error);
        }
    }

    private void Save(IAnswer answer, AnswerFile file)
    {
        switch (answer.Bodies)
        {
            case []:
                WriteWarning($"The API sent no body (HTTP {answer.Status}); '{file.Path}' was not written.");
                break;
            case [var body]:
                file.Write(this, body.OpenBytes());
                _isFileWritten = true;
                break;
            default:
                throw new AnswerOutputException(
                    ErrorId.AnswerInvalid,
                    $"The answer of the server has {answer.Bodies.Count} parts, which cannot be written to "
                        + $"one file. Omit -OutFile to get them as objects."
                );
        }
    }

    // Before the call: an API should not do what was asked for in vain.
    private bool TryPrepareFile(out AnswerFile? file)
    {
        file = null;
        if (OutFile is null)
            return true;
        if (_isFileWritten)
        {
            Report(
                $"'{OutFile}' contains the answer of another call of this command. Use ForEach-Object with "
                    + $"one file per call.",
                ErrorId.FileExists,
                ErrorCategory.ResourceExists,
                OutFile
            );
            return false;
        }
        file = AnswerFile.Check(this, OutFile, Force);
        return file is not null;
    }
}
