using System.Globalization;
using System.Text.Json;
using McpRuntime.Calls.Arguments;
using McpRuntime.Http;
using McpRuntime.Json.Schemas;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// Tries the document's own request examples on the tools that were made of it. An example is what a caller will send first:
/// where it does not fit, the document contradicts itself, or the import misread it.
/// </summary>
/// <param name="schema">All input schemas, as <see cref="InputSchemas"/> puts them together; asked for where there is an example.</param>
/// <param name="examples">Finds the examples.</param>
internal sealed class ExampleTrial(Func<JsonSchema> schema, RequestExamples examples)
{
    private readonly ImportFindings _findings = new();
    private readonly Lazy<JsonSchema> _schema = new(schema);

    internal const string Rule = ImportRules.ExampleMismatch;

    // What several operations say in the same words is tried once.
    private readonly HashSet<TextKey> _tried = [];
    private int _count;
    private int _mismatches;

    /// <summary>Tries all examples of the tools.</summary>
    internal Found<ExampleCounts> Run(IReadOnlyList<ToolShape> tools)
    {
        for (var i = 0; i < tools.Count; i++)
            Try(new ExampleSubject(tools[i], _schema, InputSchemas.Tools + i.ToString(CultureInfo.InvariantCulture)));
        return _findings.With(new ExampleCounts(_count, _mismatches));
    }

    private void Try(ExampleSubject subject)
    {
        var tool = subject.Tool;
        for (var i = 0; i < tool.Arguments.Length; i++)
        {
            var argument = tool.Arguments[i].Schema;
            var place = tool.Arguments[i].Place;
            if (argument is { Parameter: not null, Shape: ArgumentShape.Schema } && IsFirst(place))
            {
                foreach (var example in examples.Of(place))
                    Judge(example, subject.Mismatch(tool.NameOf(i), example.Element));
            }
            else if (argument.Body is { } body && MediaTypeChoice.Best(body.Content) is { } type && IsFirst(body.Node))
            {
                foreach (var example in examples.Of(type))
                    TryBody(subject, type, example);
            }
        }
    }

    private bool IsFirst(Node described) => _tried.Add(new TextKey(described.Resource, described.Element));

    private void TryBody(ExampleSubject subject, MediaType type, Node example)
    {
        var tool = subject.Tool;
        var kind = MediaTypes.KindOf(MediaTypes.Essence(type.Name));
        if (kind is not (MediaKind.Json or MediaKind.Form or MediaKind.Multipart) || Array.Exists(tool.Arguments, argument => argument.Schema.Shape is ArgumentShape.File or ArgumentShape.Files))
            return;
        Judge(example, tool.Body?.Argument is { } whole ? subject.Mismatch(whole, example.Element) : MismatchOfProperties(subject, example.Element));
    }

    private static string? MismatchOfProperties(ExampleSubject subject, JsonElement value)
    {
        var tool = subject.Tool;
        // Authors also give the text of the body.
        if (value.ValueKind == JsonValueKind.String && ValueConversion.Parse(JsonRead.Text(value) ?? "") is { } parsed)
            value = parsed;
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
            if (subject.Mismatch(tool.NameOf(argument), property.Value) is { } mismatch)
                return $"has at '{name}' a value that {mismatch}";
        }
        for (var i = 0; i < tool.Bindings.Length; i++)
        {
            if (tool.Arguments[i].IsRequired && tool.Bindings[i].Value is { In: Manifests.ArgumentLocation.Body, Name: { } name } && !given.Contains(name))
                return $"does not have the property '{name}', which is required";
        }
        return null;
    }

    private void Judge(Node example, string? mismatch)
    {
        _count++;
        if (mismatch is null)
            return;
        _mismatches++;
        _findings.Inform(Rule, example, $"The example {mismatch}.");
    }
}
