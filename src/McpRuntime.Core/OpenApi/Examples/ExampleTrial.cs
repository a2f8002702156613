using System.Globalization;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.Schemas;
using McpRuntime.Validation;
using McpRuntime.Validation.JsonSchemas;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// Tries the document's own request examples on the tools that were made of it. An example is what a caller will send first:
/// where it does not fit, the document contradicts itself, or the import misread it.
/// </summary>
/// <param name="schema">All input schemas, as <see cref="InputSchemas"/> puts them together; asked for where there is an example.</param>
/// <param name="examples">Finds the examples.</param>
/// <param name="findings">Told of each example that does not fit.</param>
internal sealed class ExampleTrial(Func<JsonSchema> schema, RequestExamples examples, ImportFindings findings)
{
    private readonly Lazy<JsonSchema> _schema = new(schema);

    internal const string Rule = "example-mismatch";

    // What several operations share is tried once.
    private readonly HashSet<object> _tried = new(ReferenceEqualityComparer.Instance);
    private int _count;
    private int _mismatches;

    internal ExampleCounts Counts => new(_count, _mismatches);

    internal void Run(IReadOnlyList<ToolDraft> tools)
    {
        for (var i = 0; i < tools.Count; i++)
            Try(tools[i], $"{InputSchemas.Tools}{i.ToString(CultureInfo.InvariantCulture)}/properties");
    }

    private void Try(ToolDraft tool, string pointer)
    {
        for (var i = 0; i < tool.Arguments.Length; i++)
        {
            var argument = tool.Arguments[i].Schema;
            switch (argument.Source)
            {
                case ListedParameter parameter when argument.Shape == ArgumentShape.Schema && _tried.Add(argument):
                    foreach (var example in examples.Of(parameter.Node))
                        Judge(example, Mismatch(example.Element, JsonPointer.Append(pointer, tool.NameOf(i)), isText: true));
                    break;
                case RequestBody body when _tried.Add(body) && MediaTypeChoice.Best(body.Content) is { } type:
                    foreach (var example in examples.Of(type))
                        TryBody(tool, pointer, type, example);
                    break;
            }
        }
    }

    private void TryBody(ToolDraft tool, string pointer, MediaType type, Node example)
    {
        var kind = MediaTypes.KindOf(MediaTypes.Essence(type.Name));
        if (kind is not (MediaKind.Json or MediaKind.Form or MediaKind.Multipart) || Array.Exists(tool.Arguments, argument => argument.Schema.Shape is ArgumentShape.File or ArgumentShape.Files))
            return;
        // In YAML and in JSON, authors also give the text of the body.
        var value = Parsed(example.Element) ?? example.Element;
        if (tool.Body?.Argument is { } whole)
            Judge(example, Mismatch(value, JsonPointer.Append(pointer, whole), isText: false));
        else
            Judge(example, MismatchOfProperties(tool, pointer, value, isText: kind != MediaKind.Json));
    }

    private string? MismatchOfProperties(ToolDraft tool, string pointer, JsonElement value, bool isText)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return $"is {JsonRead.Kind(value)}, but the body is an object";
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var name = JsonRead.Name(property);
            given.Add(name);
            if (tool.Fixed.Any(only => only.In == Manifests.ArgumentLocation.Body && only.Name == name))
                continue;
            var argument = Array.FindIndex(tool.Bindings, binding => binding.Value.In == Manifests.ArgumentLocation.Body && binding.Value.Name == name);
            if (argument < 0)
                return $"has the property '{name}', which the request body does not have";
            // A null of what may be left out is left out.
            if (property.Value.ValueKind == JsonValueKind.Null && !tool.Arguments[argument].IsRequired)
                continue;
            if (Mismatch(property.Value, JsonPointer.Append(pointer, tool.NameOf(argument)), isText) is { } mismatch)
                return $"has at '{name}' a value that {mismatch}";
        }
        for (var i = 0; i < tool.Bindings.Length; i++)
        {
            if (tool.Arguments[i].IsRequired && tool.Bindings[i].Value is { In: Manifests.ArgumentLocation.Body, Name: { } name } && !given.Contains(name))
                return $"does not have the property '{name}', which is required";
        }
        return null;
    }

    private string? Mismatch(JsonElement value, string pointer, bool isText)
    {
        if (_schema.Value.At(pointer, SchemaSubject.Arguments) is not { } own || own.IsValid(value))
            return null;
        // As text, a number is its digits and a list its items.
        if (isText && Spellings(value).Exists(own.IsValid))
            return null;
        var violations = _schema.Value.At(pointer, SchemaSubject.Value)!.Evaluate(value);
        return violations.Count == 0 ? "does not fit" : $"does not fit: {violations[0].Message}{(violations.Count > 1 ? $" (and {violations.Count - 1} more)" : "")}";
    }

    private static List<JsonElement> Spellings(JsonElement value)
    {
        var spellings = new List<JsonElement>();
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            spellings.Add(JsonElement.Parse($"\"{value.GetRawText()}\""));
        else if (Parsed(value) is { } parsed)
            spellings.Add(parsed);
        if (JsonRead.Text(value) is { } text)
        {
            foreach (var items in (string[][])[[text], text.Split(',')])
            {
                spellings.Add(JsonElement.Parse($"[{string.Join(',', items.Select(TypedValue.Quoted))}]"));
                if (items.All(item => long.TryParse(item, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)))
                    spellings.Add(JsonElement.Parse($"[{string.Join(',', items.Select(item => long.Parse(item, CultureInfo.InvariantCulture)))}]"));
            }
        }
        else if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            spellings.Add(JsonElement.Parse($"[{value.GetRawText()}]"));
        return spellings;
    }

    private static JsonElement? Parsed(JsonElement value)
    {
        if (JsonRead.Text(value)?.Trim() is not { Length: > 0 } text || !(text[0] is '{' or '[' or '-' || char.IsAsciiDigit(text[0]) || text is "true" or "false"))
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Judge(Node example, string? mismatch)
    {
        _count++;
        if (mismatch is null)
            return;
        _mismatches++;
        findings.Inform(Rule, example, $"The example {mismatch}.");
    }
}
