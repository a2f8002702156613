using System.Globalization;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Import;
using McpRuntime.Network;
using McpRuntime.OpenApi;

namespace McpRuntime.Stdio.Commands;

/// <summary>What an import made, what it left out and why.</summary>
/// <param name="Source">As the person named it.</param>
/// <param name="Import">What the importer says, and the file that was written; none without a manifest.</param>
/// <param name="Unapproved">Origins that an earlier import did not name, so that they get no credentials yet.</param>
/// <param name="IsAll">Each tool is listed, even of a large document.</param>
internal sealed record ImportText(string Source, PreparedImport Import, IReadOnlyList<Origin> Unapproved, bool IsAll)
{
    private ImportResult Result => Import.Result;

    public async Task WriteAsync(Terminal terminal)
    {
        await FindingsText.WriteAsync(terminal, Result.Findings);
        if (Unapproved.Count > 0)
        {
            await terminal.WriteErrorAsync(
                $"Credentials are not sent to {string.Join(", ", Unapproved)}: an earlier import of this "
                    + $"connector named other "
                    + "servers. If this is correct, import again with --force --approve-origins."
            );
        }
        // The findings hold the reason.
        if (Result.Manifest is not { } manifest)
            return;
        var output = terminal.Out;
        await output.WriteLineAsync(
            terminal.OnOut(
                Colour.Bold,
                $"{manifest.Name}: {CountText.Of(Result.Tools.Count, "tool")} from {Safe(Source)}"
            )
        );
        var tools = new ImportToolList(Result, IsAll);
        await tools.WriteAsync(terminal);
        if (Import.Kept.Count > 0)
            await output.WriteLineAsync(
                terminal.OnOut(Colour.Bold, $"{CountText.Of(Import.Kept.Count, "edit")} of the earlier manifest kept")
            );
        foreach (var edit in Import.Kept)
            await output.WriteLineAsync(
                $"  {Safe(edit.Endpoint)}: {edit.What} {Safe(UntrustedText.Shorten(edit.Kept ?? "none", 60))}"
            );
        if (Result.Examples.Tried > 0)
            await output.WriteLineAsync(
                $"{CountText.Of(Result.Examples.Tried, "request example")} of the document tried, "
                    + $"{Number(Result.Examples.Mismatched)} did not fit."
            );
        if (Result.Pagination is { Count: > 0 } pages)
            await output.WriteLineAsync(
                $"{CountText.Of(pages.Sum(style => style.Value), "tool")} with pages: "
                    + $"{string.Join(", ", pages.Select(style => $"{style.Key} {Number(style.Value)}"))}."
            );
        await output.WriteLineAsync(
            $"With whole schemas the tools take about {CountText.Of(Result.EstimatedTokens, "token")}; "
                + "lists are shorter."
        );
        await tools.WriteAdviceAsync(terminal);
        foreach (var line in ImportCredentials.Of(manifest))
            await output.WriteLineAsync(Safe(line));
        await output.WriteLineAsync($"Written to {Import.Path}");
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("connector", Result.Manifest?.Name);
        writer.WriteString("source", Source);
        writer.WriteString("file", Import.Path);
        ImportReport.Write(writer, Result, Import.Kept);
        writer.WriteStartArray("unapproved_origins");
        foreach (var origin in Unapproved)
            writer.WriteStringValue(origin.ToString());
        writer.WriteEndArray();
        FindingsJson.Write(writer, "errors", Result.Findings, FindingSeverity.Error);
        FindingsJson.Write(writer, "warnings", Result.Findings, FindingSeverity.Warning);
        writer.WriteEndObject();
    }

    private static string Safe(string text) => UntrustedText.ForTerminal(text);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
