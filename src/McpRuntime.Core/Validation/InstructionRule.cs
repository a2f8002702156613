using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>A text that a model reads and that is more than a description.</summary>
/// <param name="Pointer">Its place in the connector or in the tool; a JSON pointer.</param>
/// <param name="What">What it belongs to, e.g. <c>description</c> or <c>argument 'limit'</c>.</param>
/// <param name="Text">All of it.</param>
/// <param name="Reason">What is wrong, as the end of a sentence that begins with the thing.</param>
internal sealed record InstructingText(string Pointer, string What, string Text, string Reason);

/// <summary>
/// Finds text that gives orders to a model instead of describing something, or that hides characters from a reviewer:
/// descriptions come from documents that anyone wrote, and a model reads them as if its user had. A warning, because
/// only a user can tell.
/// </summary>
internal static class InstructionRule
{
    public static void CheckConnector(FindingList findings, ConnectorManifest manifest)
    {
        foreach (var found in OfConnector(manifest))
            Report(findings, "/connector" + found.Pointer, $"The connector's {found.What}", found);
    }

    public static void CheckTool(FindingList findings, ToolContext context)
    {
        foreach (var found in OfTool(context.Tool))
            Report(findings, context.Pointer + found.Pointer, $"{context.Label}: the {found.What}", found);
    }

    /// <summary>Those of a connector's title, description and shared schemas.</summary>
    public static IEnumerable<InstructingText> OfConnector(ConnectorManifest manifest)
    {
        if (Find("/title", "title", manifest.Title) is { } title)
            yield return title;
        if (Find("/description", "description", manifest.Description) is { } description)
            yield return description;
        foreach (var (name, schema) in manifest.Definitions)
        {
            foreach (var found in In(JsonPointer.Append("/definitions", name), $"schema '{name}'", schema))
                yield return found;
        }
    }

    /// <summary>Those of a tool's texts and schemas.</summary>
    public static IEnumerable<InstructingText> OfTool(ToolManifest tool)
    {
        if (Find("/title", "title", tool.Title) is { } title)
            yield return title;
        if (Find("/description", "description", tool.Description) is { } description)
            yield return description;
        foreach (var found in In("/input_schema", "input", tool.InputSchema))
            yield return found;
        foreach (var found in In("/output_schema", "output", tool.OutputSchema))
            yield return found;
    }

    private static InstructingText? Find(string pointer, string what, string? text) =>
        InstructionText.Reason(text) is { } reason ? new(pointer, what, text!, reason) : null;

    private static void Report(FindingList findings, string pointer, string label, InstructingText found) =>
        findings.Warning(
            ValidationRules.DescriptionInstructs,
            pointer,
            $"{label} {found.Reason}. Review it; remove it unless you trust its author."
        );

    private static List<InstructingText> In(string pointer, string what, JsonText? schema)
    {
        var found = new List<InstructingText>();
        if (schema is null || !InstructionText.MayInstruct(schema))
            return found;
        using var document = JsonDocument.Parse(schema.Utf8, new JsonDocumentOptions { MaxDepth = 512 });
        Walk(found, pointer, what, document.RootElement);
        return found;
    }

    private static void Walk(List<InstructingText> found, string pointer, string what, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    var at = JsonPointer.Append(pointer, member.Name);
                    if (Find(at, what, member.Name) is { } name)
                        found.Add(name);
                    Walk(found, at, Within(pointer, what, member.Name), member.Value);
                }
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Walk(found, JsonPointer.Append(pointer, index++), what, item);
                break;
            case JsonValueKind.String:
                if (Find(pointer, what, element.GetString()) is { } text)
                    found.Add(text);
                break;
        }
    }

    // A property of the input is an argument to those who read of it.
    private static string Within(string pointer, string what, string member) =>
        pointer == "/input_schema/properties" ? $"argument '{UntrustedText.Clean(member)}'" : what;
}
