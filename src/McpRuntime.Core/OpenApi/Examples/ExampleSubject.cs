using System.Globalization;
using System.Text.Json;
using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Serialization;
using McpRuntime.Configuration;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// A tool whose arguments are judged as a call judges them: after the same conversions, by its whole schema.
/// </summary>
/// <param name="tool">The tool.</param>
/// <param name="schemas">The input schemas of all tools.</param>
/// <param name="pointer">Where the tool's is among them.</param>
/// <param name="examples">What is tried on it.</param>
internal sealed class ExampleSubject(
    ToolShape tool,
    Lazy<JsonSchema> schemas,
    string pointer,
    IReadOnlyList<RequestExample> examples
)
{
    private ArgumentRepair? _repair;

    internal ToolShape Tool => tool;

    internal IReadOnlyList<RequestExample> Examples => examples;

    /// <summary>The tools that have examples. What several operations say in the same words is tried once.</summary>
    internal static List<ExampleSubject> Of(
        IReadOnlyList<ToolShape> tools,
        Lazy<JsonSchema> schemas,
        RequestExamples examples
    )
    {
        var subjects = new List<ExampleSubject>();
        var tried = new HashSet<TextKey>();
        for (var i = 0; i < tools.Count; i++)
        {
            if (
                examples.Of(tools[i], described => tried.Add(new TextKey(described.Resource, described.Element))) is
                { Count: > 0 } own
            )
                subjects.Add(
                    new ExampleSubject(
                        tools[i],
                        schemas,
                        InputSchemas.Tools + i.ToString(CultureInfo.InvariantCulture),
                        own
                    )
                );
        }
        return subjects;
    }

    /// <summary>Why a value does not fit an argument; null where it does, perhaps after a conversion.</summary>
    internal string? Mismatch(string argument, JsonElement value)
    {
        var place = JsonPointer.Append(pointer + "/properties", argument);
        if (schemas.Value.At(place, SchemaSubject.Arguments) is not { } own || own.IsValid(value))
            return null;
        // The names of arguments are plain (ArgumentNamer).
        var repaired = Repair().Run(JsonElement.Parse($$"""{"{{argument}}":{{value.GetRawText()}}}"""));
        // A null of what may be left out is left out.
        if (!repaired.Judged.TryGetProperty(argument, out var judged) || own.IsValid(judged))
            return null;
        var violations = schemas.Value.At(place, SchemaSubject.Value)!.Evaluate(judged);
        return violations.Count == 0
            ? "does not fit"
            : $"does not fit: {violations[0].Message}"
                + $"{(violations.Count > 1 ? $" (and {violations.Count - 1} more)" : "")}";
    }

    private ArgumentRepair Repair() =>
        _repair ??= new ArgumentRepair(
            schemas.Value.At(pointer, SchemaSubject.Arguments)!,
            Locations(),
            ArgumentCheck.Standard
        );

    private ArgumentLocations Locations() =>
        new(
            tool.Endpoint[..tool.Endpoint.IndexOf(' ', StringComparison.Ordinal)],
            tool.Body is { } body ? MediaTypes.Essence(body.ContentType) : null,
            tool.Body?.Argument,
            tool.Body?.Encoding,
            name =>
                Array.Find(tool.Bindings, binding => binding.Key == name) is { Value: { } found }
                    ? PlannedArgument.From(name, found)
                    : null
        );
}
