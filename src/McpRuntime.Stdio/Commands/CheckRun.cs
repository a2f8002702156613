using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Import.Comparison;
using McpRuntime.OpenApi;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>import --check</c>: how a manifest differs from what its document would give now.</summary>
internal sealed class CheckRun(Terminal terminal, RuntimeSettings settings)
{
    /// <summary>As the person named it; null for the document that the manifest names.</summary>
    public string? Source { get; init; }

    public string? Output { get; init; }

    public OutputFormat Format { get; init; }

    public required ImportOptions Options { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var check = new ConnectorCheck(settings, Options) { Output = Output };
        var work = Task.Run(
            () =>
                Source is null
                    ? check.RunAsync(cancellationToken)
                    : check.RunAsync(DocumentSource.Parse(Source, Terminal.OpenInput), cancellationToken),
            cancellationToken
        );
        var result = await Progress.ShowAsync(terminal, $"Checking {Source ?? Options.Name ?? Output}", work);
        if (Format == OutputFormat.Json)
            await JsonOutput.WriteAsync(writer => WriteJson(writer, result), cancellationToken);
        else
            await WriteTextAsync(result);
        return result.Difference is { IsSame: true } ? ExitCode.Good : ExitCode.Failed;
    }

    private async Task WriteTextAsync(CheckedConnector result)
    {
        await FindingsText.WriteAsync(terminal, result.Result.Findings);
        // The findings hold the reason.
        if (result.Difference is not { } difference)
            return;
        var output = terminal.Out;
        var name = result.Result.Manifest!.Name;
        var verdict =
            difference.IsSame ? "the manifest is up to date"
            : difference.IsBreaking ? "the document has breaking changes"
            : "the document has changed, without breaking changes";
        await output.WriteLineAsync(terminal.OnOut(Colour.Bold, $"{name}: {verdict}"));
        foreach (var tool in difference.Added)
            await output.WriteLineAsync($"  added    {Safe(tool.Name)}  {Safe(tool.Endpoint)}");
        foreach (var tool in difference.Removed)
            await output.WriteLineAsync($"  removed  {Safe(tool.Name)}  {Safe(tool.Endpoint)}{Breaking(true)}");
        foreach (var change in difference.Connector)
            await output.WriteLineAsync($"  changed  {Text(change)}");
        foreach (var tool in difference.Changed)
        {
            await output.WriteLineAsync($"  changed  {Safe(tool.Name)}  {Safe(tool.Endpoint)}");
            foreach (var change in tool.Changes)
                await output.WriteLineAsync($"    {Text(change)}");
        }
        if (!difference.IsSame)
            await output.WriteLineAsync("Import again with --force to apply the changes; your edits are kept.");
    }

    private void WriteJson(Utf8JsonWriter writer, CheckedConnector result)
    {
        writer.WriteStartObject();
        writer.WriteString("connector", result.Result.Manifest?.Name);
        writer.WriteString("source", Source ?? result.Result.Manifest?.Source?.Location);
        writer.WriteString("file", result.Path);
        if (result.Difference is { } difference)
            ImportReport.Write(writer, difference);
        FindingsJson.Write(writer, "errors", result.Result.Findings, FindingSeverity.Error);
        FindingsJson.Write(writer, "warnings", result.Result.Findings, FindingSeverity.Warning);
        writer.WriteEndObject();
    }

    private string Text(ManifestChange change) =>
        $"{Safe(change.What)}: {Safe(change.Message)}{Breaking(change.IsBreaking)}";

    private string Breaking(bool isBreaking) => isBreaking ? " " + terminal.OnOut(Colour.Red, "breaking") : "";

    private static string Safe(string text) => UntrustedText.ForTerminal(text);
}
