using System.Text.Json;
using McpRuntime.Calls.Arguments;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// Makes examples of a tool's arguments of the examples that the document has of its request body: those of the media
/// type, of the schema, or of its properties. Keeps what it has resolved for the next tool.
/// </summary>
// Loops in place of queries: queries over value types are compiled in each import.
internal sealed class BodyExamples(ReferenceResolver resolver)
{
    private const int MostExamples = 4;
    private const int MostOptional = 3;

    private readonly RequestExamples _examples = new(resolver);
    private readonly ComposedExample _composed = new(resolver);

    /// <summary>JSON texts of arguments, not checked yet, shortest first.</summary>
    internal IReadOnlyList<string> Of(ToolShape tool)
    {
        if (tool.Body is null || HasOwn(tool))
            return [];
        var found = new List<string>();
        var given = _examples.OfBody(tool);
        foreach (var node in given)
            Add(tool, Parts(tool, node.Element), found);
        if (given.Count == 0)
            Add(tool, Composed(tool), found);
        found.Sort(static (left, right) => left.Length.CompareTo(right.Length));
        if (found.Count > MostExamples)
            found.RemoveRange(MostExamples, found.Count - MostExamples);
        return found;
    }

    private void Add(ToolShape tool, Dictionary<string, string>? body, List<string> found)
    {
        if (body is not null && Arguments(tool, body) is { } text)
            found.Add(text);
    }

    // The argument that is the whole body already has the example of its media type or schema.
    private bool HasOwn(ToolShape tool) =>
        tool.Body!.Argument is not null
        && tool.Arguments is [.., { Schema: var body }]
        && (
            body.Overlay.Example.ValueKind != JsonValueKind.Undefined
            || (body.Schema is { } schema && _composed.Own(schema) is not null)
        );

    private static Dictionary<string, string>? Parts(ToolShape tool, JsonElement value)
    {
        // Authors also give the text of the body.
        if (value.ValueKind == JsonValueKind.String && ValueConversion.Parse(JsonRead.Text(value) ?? "") is { } parsed)
            value = parsed;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tool.Body!.Argument is { } whole)
        {
            parts.Add(whole, ComposedExample.Text(value));
            return parts;
        }
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in value.EnumerateObject())
        {
            var name = JsonRead.Name(property);
            if (IsFixed(tool, name))
                continue;
            if (ArgumentOf(tool, name) is not { } argument)
                return null;
            parts[argument] = ComposedExample.Text(property.Value);
        }
        return parts;
    }

    private static bool IsFixed(ToolShape tool, string property)
    {
        foreach (var only in tool.Fixed)
        {
            if (only.In == ArgumentLocation.Body && only.Name == property)
                return true;
        }
        return false;
    }

    private static string? ArgumentOf(ToolShape tool, string property)
    {
        for (var i = 0; i < tool.Bindings.Length; i++)
        {
            if (tool.Bindings[i].Value is { In: ArgumentLocation.Body, Name: var name } && name == property)
                return tool.NameOf(i);
        }
        return null;
    }

    // Of all that is required; of a few optional ones where nothing is.
    private Dictionary<string, string>? Composed(ToolShape tool)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var isExplicit = false;
        for (var i = 0; i < tool.Arguments.Length; i++)
        {
            if (!IsOfBody(tool, i) || !tool.Arguments[i].IsRequired)
                continue;
            if (Composed(tool.Arguments[i], out var isOwn) is not { } value)
                return null;
            parts.Add(tool.NameOf(i), value);
            isExplicit |= isOwn;
        }
        if (parts.Count > 0)
            return isExplicit ? parts : null;
        for (var i = 0; i < tool.Arguments.Length && parts.Count < MostOptional; i++)
        {
            if (IsOfBody(tool, i) && Composed(tool.Arguments[i], out var isOwn) is { } value && isOwn)
                parts.Add(tool.NameOf(i), value);
        }
        return parts.Count > 0 ? parts : null;
    }

    private string? Composed(ToolArgument argument, out bool isOwn)
    {
        isOwn = false;
        return argument.Schema is { Shape: ArgumentShape.Schema, Schema: { } schema }
            ? _composed.Of(schema, out isOwn)
            : null;
    }

    private string? Arguments(ToolShape tool, Dictionary<string, string> body)
    {
        var text = new ArgumentsText();
        for (var i = 0; i < tool.Arguments.Length; i++)
        {
            var (name, isRequired) = (tool.NameOf(i), tool.Arguments[i].IsRequired);
            if (!body.TryGetValue(name, out var value) || (value == "null" && !isRequired))
            {
                if (!isRequired)
                    continue;
                if (IsOfBody(tool, i) || SampleArgument.Of(name, tool.Arguments[i].Schema, _composed) is not { } sample)
                    return null;
                value = sample;
            }
            text.Add(name, value, isRequired || tool.Body!.Argument == name);
        }
        return text.ToJson();
    }

    private static bool IsOfBody(ToolShape tool, int argument) =>
        argument >= tool.Bindings.Length || tool.Bindings[argument].Value.In == ArgumentLocation.Body;
}
