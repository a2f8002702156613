using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>
/// Finds text that gives orders to a model instead of describing something: descriptions come from documents that
/// anyone wrote, and a model reads them as if its user had. A warning, because only a user can tell.
/// </summary>
internal static partial class InstructionRule
{
    /// <summary>
    /// A word of each alternative of <see cref="Order"/>: texts without any of them, most texts, cost one fast search.
    /// </summary>
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        [
            "ignore",
            "disregard",
            "forget",
            "override",
            "user",
            "must",
            "should",
            "shall",
            "has",
            "needs",
            "tool",
            "function",
            "prompt",
            "important",
            "system",
            "instruction",
            "secret",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    public static void CheckConnector(FindingList findings, ConnectorManifest manifest)
    {
        CheckText(findings, "/connector/title", "The connector's title", manifest.Title);
        CheckText(findings, "/connector/description", "The connector's description", manifest.Description);
        foreach (var (name, schema) in manifest.Definitions)
        {
            if (MayInstruct(schema))
                Walk(findings, JsonPointer.Append("/connector/definitions", name), $"The definition '{name}'", schema);
        }
    }

    public static void CheckTool(FindingList findings, ToolContext context)
    {
        var tool = context.Tool;
        if (Instructs(tool.Title))
            Report(findings, context.At("title"), $"{context.Label}: the title", tool.Title!);
        if (Instructs(tool.Description))
            Report(findings, context.At("description"), $"{context.Label}: the description", tool.Description!);
        if (MayInstruct(tool.InputSchema))
            Walk(findings, context.At("input_schema"), context.Label, tool.InputSchema);
        if (tool.OutputSchema is { } output && MayInstruct(output))
            Walk(findings, context.At("output_schema"), context.Label, output);
    }

    /// <summary>The text gives orders to a model.</summary>
    public static bool Instructs(string? text) =>
        text is not null && text.AsSpan().ContainsAny(Hints) && Order().IsMatch(text);

    // Most schemas hold nothing of the kind: one look at the whole text tells, and only then is it walked.
    private static bool MayInstruct(JsonText schema)
    {
        var utf8 = schema.Utf8.Span;
        var text = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            var span = text.AsSpan(0, Encoding.UTF8.GetChars(utf8, text));
            return span.ContainsAny(Hints) && Order().IsMatch(span);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    private static void CheckText(FindingList findings, string pointer, string label, string? text)
    {
        if (Instructs(text))
            Report(findings, pointer, label, text!);
    }

    private static void Report(FindingList findings, string pointer, string label, string text)
    {
        var order = UntrustedText.ForTerminal(Order().Match(text).Value);
        findings.Warning(
            ValidationRules.DescriptionInstructs,
            pointer,
            $"{label} says '{order}', which instructs a model instead of describing the API. Review it; "
                + $"remove it unless you trust its author."
        );
    }

    private static void Walk(FindingList findings, string pointer, string label, JsonText schema)
    {
        using var document = JsonDocument.Parse(schema.Utf8, new JsonDocumentOptions { MaxDepth = 512 });
        Walk(findings, pointer, label, document.RootElement);
    }

    private static void Walk(FindingList findings, string pointer, string label, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Walk(findings, JsonPointer.Append(pointer, member.Name), label, member.Value);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Walk(findings, JsonPointer.Append(pointer, index++), label, item);
                break;
            case JsonValueKind.String:
                CheckText(findings, pointer, label, element.GetString());
                break;
        }
    }

    // White space, also as the line breaks and tabs of JSON text that is not unescaped yet.
    private const string S = @"(\s|\\[nrt])+";

    private const string IgnoreOthers =
        $@"\b(ignore|disregard|forget|override){S}((all|any|the|your|of|every){S}){{0,3}}"
        + $"(previous|prior|above|earlier|preceding|other|system){S}"
        + "(instruction|prompt|message|rule|guideline|tool|context)";

    private const string HideFromUser =
        $@"\b(do{S}not|don['’]t|never|without){S}"
        + "(tell|telling|inform|informing|mention|mentioning|reveal|revealing|"
        + $"notify|notifying|ask|asking|show|showing){S}"
        + $"((this|it|that|anything){S})?((to|the){S}){{0,2}}user";

    private const string YouMust =
        $@"\byou{S}must{S}((always|first|also|now|immediately){S})?(call|invoke|run|execute)\b";

    private const string ModelMust =
        $@"\b(assistant|model|agent|ai|llm){S}(must|should|has{S}to|needs{S}to|shall){S}"
        + $"((always|first|also|now|immediately){S})?"
        + @"(call|invoke|use|run|execute|read|send|include|pass|append)\b";

    private const string CallFirst =
        $@"\b(always|first|immediately){S}(call|invoke|run|execute){S}(this|the){S}(tool|function)";

    private const string BeforeOthers =
        $@"\bbefore{S}(using|calling|invoking){S}(any|this|the|other|another){S}((other|another){S})?(tool|function)";

    private const string SystemText = $@"\bsystem{S}prompt\b|<\s*/?\s*(important|system|instructions?|secret)\s*>";

    [GeneratedRegex(
        $"{IgnoreOthers}|{HideFromUser}|{YouMust}|{ModelMust}|{CallFirst}|{BeforeOthers}|{SystemText}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Order();
}
