using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tracing;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Calls tools for a command and writes their answers.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="settings">What its parameters say.</param>
internal sealed class CallRunner(McpCmdlet cmdlet, CallSettings settings)
{
    private bool _isFileWritten;

    /// <summary>Calls a tool; what fails is an error of the command.</summary>
    /// <param name="target">Where the tool is.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="objects">Writes the answer.</param>
    public void Call(IToolTarget target, McpTool tool, JsonElement arguments, AnswerObjects objects)
    {
        if (!TryPrepareFile(out var file))
            return;
        using var bar = new ProgressBar(cmdlet, $"Calling {UntrustedText.ForTerminal(tool.Name)}");
        var call = new CallRequest(tool, arguments)
        {
            MaximumBytes = settings.MaximumBytes,
            Timeout = settings.Timeout,
            Profile = settings.Profile,
            Waits = settings.Waits,
            Bar = bar,
        };
        if (settings.Pages is { } pages)
        {
            new PageWriter(cmdlet, settings, objects).Write(target, call, pages);
            return;
        }
        using var answer = target.Call(call);
        CallVariables.Set(cmdlet, settings, answer.Headers, answer.Status);
        if (answer.Failure is { } failure)
        {
            bar.Dispose();
            cmdlet.WriteError(AnswerErrors.Of(tool, failure, answer.CallId));
            return;
        }
        try
        {
            using var transfer = TransferWatch.Start(cmdlet, bar, answer);
            if (file is not null)
                Save(answer, file);
            else
                new AnswerWriter(cmdlet, settings.Shape, objects).Write(answer);
        }
        catch (Exception exception) when (AnswerErrors.Of(tool, answer, exception) is { } error)
        {
            bar.Dispose();
            cmdlet.WriteError(error);
        }
    }

    private void Save(IAnswer answer, AnswerFile file)
    {
        switch (answer.Bodies)
        {
            case []:
                cmdlet.WriteWarning($"The API sent no body (HTTP {answer.Status}); '{file.Path}' was not written.");
                break;
            case [var body]:
                file.Write(cmdlet, body.OpenBytes());
                _isFileWritten = true;
                break;
            default:
                throw new AnswerOutputException(
                    ErrorId.AnswerInvalid,
                    $"The answer of the server has {CountText.Of(answer.Bodies.Count, "part")}, which cannot be "
                        + $"written to one file. Omit -OutFile to get them as objects."
                );
        }
    }

    // Before the call: an API should not do what was asked for in vain.
    private bool TryPrepareFile(out AnswerFile? file)
    {
        file = null;
        if (settings.OutFile is not { } path)
            return true;
        if (_isFileWritten)
        {
            cmdlet.Report(
                $"'{path}' contains the answer of another call of this command. Use ForEach-Object with "
                    + $"one file per call.",
                ErrorId.FileExists,
                ErrorCategory.ResourceExists,
                path
            );
            return false;
        }
        file = AnswerFile.Check(cmdlet, path, settings.Overwrites);
        return file is not null;
    }
}
