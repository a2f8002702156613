using System.Text.Json;
using McpRuntime.Cmdlets.Values;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>The shape of a value in words.</summary>
internal static class ValueSummary
{
    private const int MaxKeys = 30;

    /// <summary>What a call returns, by the tool's output schema; null where nothing is known about it.</summary>
    public static string? OfOutput(JsonElement? output)
    {
        if (output is not { ValueKind: JsonValueKind.Object } schema)
            return null;
        var value = ValueSchema.Of(schema);
        var items = value.Names("array") ? value.Items() : value;
        var keys = Keys(items);
        var type = ArgumentType.NameOf(ArgumentType.Of(items), isParameter: false);
        return (value.Names("array"), keys.Count > 0) switch
        {
            (true, true) => $"A list of objects with {string.Join(", ", keys)}.",
            (false, true) => $"An object with {string.Join(", ", keys)}.",
            (true, false) => type == "object" ? "A list." : $"A list of {type}.",
            _ => value.Types.Count == 0 ? null : $"A value of type {type}.",
        };
    }

    /// <summary>
    /// The keys of an object, or of the objects in a list: <c>name &lt;string&gt;</c>; the first ones of very many.
    /// </summary>
    public static IReadOnlyList<string> Keys(ValueSchema schema, bool marksRequired = false)
    {
        var value = schema.Names("array") ? schema.Items() : schema;
        var required = marksRequired ? value.RequiredNames() : new HashSet<string>();
        var properties = value.Properties();
        var keys = properties
            .Take(MaxKeys)
            .Select(property =>
                $"{UntrustedText.Clean(property.Key)} "
                + $"<{ArgumentType.NameOf(ArgumentType.Of(value.Property(property.Key)), isParameter: false)}>"
                + $"{(required.Contains(property.Key) ? " (required)" : "")}"
            );
        return
        [
            .. keys,
            .. properties.Count > MaxKeys ? [$"and {properties.Count - MaxKeys} more"] : Array.Empty<string>(),
        ];
    }
}
