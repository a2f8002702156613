using System.Text.Json;
using McpRuntime.Cmdlets.Values;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>One argument of a tool, and what a parameter for it is.</summary>
internal sealed class OfferedArgument
{
    /// <param name="name">As the tool spells it.</param>
    /// <param name="property">Its schema as it is written at the tool.</param>
    /// <param name="schema">What that schema says.</param>
    /// <param name="isRequired">It is among the tool's required ones.</param>
    public OfferedArgument(string name, JsonElement property, ValueSchema schema, bool isRequired)
    {
        Name = name;
        Schema = schema;
        Type = ArgumentType.Of(schema);
        Default = SchemaRoot.Member(property, "default") is { ValueKind: not JsonValueKind.Undefined } value
            ? value
            : schema.First("default");
        Property = property;
        FilledIn = isRequired ? OnlyValue(property) : null;
        IsRequired = isRequired && FilledIn is null;
    }

    /// <summary>The name, as the tool spells it.</summary>
    public string Name { get; }

    /// <summary>Its schema as it is written at the tool.</summary>
    public JsonElement Property { get; }

    /// <summary>What that schema says.</summary>
    public ValueSchema Schema { get; }

    /// <summary>The parameter's type; see <see cref="ArgumentType"/>.</summary>
    public Type Type { get; }

    /// <summary>A call without it is refused. False where the call fills in its only value or its default.</summary>
    public bool IsRequired { get; }

    /// <summary>What the call sends for a required argument that is not given; null where it must be given.</summary>
    public JsonElement? FilledIn { get; }

    /// <summary>The value that the API, or for a required argument the call, uses without it.</summary>
    public JsonElement? Default { get; }

    /// <summary>Null is a value of it: <c>-x $null</c>, for a switch <c>-x:$null</c>.</summary>
    public bool IsNullable => Schema.Names("null");

    /// <summary>What the document says about it, cleaned; empty where it says nothing.</summary>
    public string Description =>
        field ??= UntrustedText.CleanMultiline(
            Schema.First("description") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null
        );

    /// <summary>The values that it lists, or those of the items where it is a list.</summary>
    public SchemaChoices Choices => Schema.Choices.Values.Count > 0 ? Schema.Choices : Schema.Items().Choices;

    // As the call itself does, which fills in what a required argument leaves no choice about.
    private static JsonElement? OnlyValue(JsonElement property)
    {
        if (property.ValueKind != JsonValueKind.Object)
            return null;
        if (property.TryGetProperty("const", out var only))
            return only;
        if (
            SchemaRoot.Member(property, "enum") is { ValueKind: JsonValueKind.Array } choices
            && choices.GetArrayLength() == 1
        )
            return choices[0];
        return property.TryGetProperty("default", out var fallback) ? fallback : null;
    }
}
