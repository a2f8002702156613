using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Locks;

/// <summary>Which arguments of a tool reach a shared schema: those are what people know of it.</summary>
/// <param name="schemas">The shared schemas by name.</param>
/// <param name="shown">What a model sees of the tool.</param>
internal sealed class SchemaArguments(IReadOnlyDictionary<string, ReviewedText> schemas, JsonElement shown)
{
    private const string Definitions = "#/definitions/";
    private const int Most = 3;

    private List<(string Name, HashSet<string> Reached)>? _arguments;

    /// <summary>The beginning of a sentence, such as <c>argument 'pet': </c>; empty where none does.</summary>
    public string Of(string schema)
    {
        _arguments ??= Read(schemas, shown);
        var names = _arguments
            .Where(argument => argument.Reached.Contains(schema))
            .Select(argument => $"'{UntrustedText.Clean(argument.Name)}'")
            .ToList();
        return names.Count switch
        {
            0 => "",
            1 => $"argument {names[0]}: ",
            <= Most => $"arguments {string.Join(", ", names)}: ",
            _ => $"arguments {string.Join(", ", names.Take(Most))} and {names.Count - Most} more: ",
        };
    }

    private static List<(string, HashSet<string>)> Read(
        IReadOnlyDictionary<string, ReviewedText> schemas,
        JsonElement shown
    )
    {
        var arguments = new List<(string, HashSet<string>)>();
        if (
            !shown.TryGetProperty("input_schema", out var input)
            || input.ValueKind != JsonValueKind.Object
            || !input.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object
        )
            return arguments;
        foreach (var property in properties.EnumerateObject())
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            Walk(property.Value, schemas, reached);
            arguments.Add((property.Name, reached));
        }
        return arguments;
    }

    private static void Walk(
        JsonElement value,
        IReadOnlyDictionary<string, ReviewedText> schemas,
        HashSet<string> reached
    )
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                Walk(item, schemas, reached);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (
                    member is { Name: "$ref", Value.ValueKind: JsonValueKind.String }
                    && member.Value.GetString() is { } reference
                    && reference.StartsWith(Definitions, StringComparison.Ordinal)
                    && reached.Add(reference[Definitions.Length..])
                    && schemas.TryGetValue(reference[Definitions.Length..], out var schema)
                )
                    Walk(schema.Text, schemas, reached);
                else
                    Walk(member.Value, schemas, reached);
            }
        }
    }
}
