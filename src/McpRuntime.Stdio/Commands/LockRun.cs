using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using McpRuntime.Locks;
using McpRuntime.Stdio.Sarif;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>lock</c>: shows how the tools differ from what was reviewed, and keeps them as reviewed now.</summary>
internal sealed class LockRun(Terminal terminal, RuntimeSettings settings)
{
    public required string File { get; init; }

    public string? Connector { get; init; }

    public bool OnlyChecks { get; init; }

    public bool IsConfirmed { get; init; }

    public OutputFormat Format { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var update = await LockUpdate.PrepareAsync(settings, File, Connector, projects: null, cancellationToken);
        await WriteAsync(update, cancellationToken);
        if (update.Differences.Count == 0)
        {
            if (!OnlyChecks && update.StartFile is not null)
                update.Save();
            return ExitCode.Good;
        }
        if (OnlyChecks)
            return ExitCode.Failed;
        if (!update.IsNew && !IsConfirmed && !await AskAsync(cancellationToken))
            return ExitCode.Failed;
        update.Save();
        await terminal.Error.WriteLineAsync(
            $"Saved {CountText.Of(update.Now.ToolCount, "tool")} of "
                + $"{CountText.Of(update.Now.ConnectorCount, "connector")} as reviewed in "
                + $"{UntrustedText.ForTerminal(update.Now.Path)}."
        );
        return ExitCode.Good;
    }

    private async Task WriteAsync(LockUpdate update, CancellationToken cancellationToken)
    {
        if (Format == OutputFormat.Json)
        {
            await JsonOutput.WriteAsync(writer => Write(writer, update), cancellationToken);
            return;
        }
        if (Format == OutputFormat.Sarif)
        {
            var findings = await update.FindAsync(settings.DocumentLimits, cancellationToken);
            var exitCode = findings.Count == 0 ? ExitCode.Good : ExitCode.Failed;
            await JsonOutput.WriteAsync(
                new SarifLog("lock", findings, exitCode, IsComplete: true).Write,
                cancellationToken
            );
            return;
        }
        if (update.Differences.Count == 0)
            await terminal.Out.WriteLineAsync("All is as it was reviewed.");
        // A first lock has every tool, and nothing to compare it with.
        else if (!update.IsNew)
        {
            foreach (var line in LockDifference.Describe(update.Differences))
                await terminal.Out.WriteLineAsync(UntrustedText.ForTerminal(line));
        }
    }

    private static void Write(Utf8JsonWriter writer, LockUpdate update)
    {
        writer.WriteStartObject();
        writer.WriteString("lock"u8, update.Now.Path);
        writer.WriteBoolean("same"u8, update.Differences.Count == 0);
        writer.WriteStartArray("differences"u8);
        foreach (var difference in update.Differences)
        {
            writer.WriteStartObject();
            writer.WriteString("connector"u8, difference.Connector);
            if (difference.Tool is not null)
                writer.WriteString("tool"u8, difference.Tool);
            writer.WriteString("kind"u8, difference.Kind.ToString().ToLowerInvariant());
            writer.WriteStartArray("words"u8);
            foreach (var words in difference.Words)
                writer.WriteStringValue(words);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            await terminal.WriteErrorAsync(
                "No one can be asked here; --yes keeps this as reviewed. Nothing was saved."
            );
            return false;
        }
        await terminal.Error.WriteAsync("Keep this as reviewed? [y/N] ");
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim() is "y" or "Y" or "yes";
    }
}
