using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>A part of a tool's input that no value fits.</summary>
/// <param name="Pointer">Its place in the input schema.</param>
/// <param name="Message">Continues "The tool 'x' …".</param>
internal sealed record Impossible(string Pointer, string Message);

/// <summary>Finds tools that cannot be called, and arguments that can never be given.</summary>
internal static class Satisfiability
{
    /// <summary>None for nearly all tools.</summary>
    /// <param name="schemas">Knows the definitions.</param>
    /// <param name="input">The tool's input schema.</param>
    internal static IEnumerable<Impossible> Of(ImpossibleSchemas schemas, JsonElement input)
    {
        if (schemas.Explain(input) is { } reason)
        {
            yield return new Impossible("", $"cannot be called: {reason}");
            yield break;
        }
        if (!input.TryGetProperty("properties"u8, out var properties) || properties.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var argument in properties.EnumerateObject())
        {
            // Written on purpose, to forbid an argument.
            if (argument.Value.ValueKind != JsonValueKind.False && schemas.Explain(argument.Value) is { } own)
                yield return new Impossible(
                    JsonPointer.Append("/properties", argument.Name),
                    $"has the argument '{argument.Name}', which no value matches: {own}"
                );
        }
    }
}
