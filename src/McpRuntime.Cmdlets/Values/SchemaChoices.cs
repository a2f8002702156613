using System.Text.Json;

namespace McpRuntime.Cmdlets.Values;

/// <summary>
/// The values that a schema lists in <c>enum</c> and <c>const</c>, through references, <c>allOf</c> and alternatives.
/// </summary>
/// <param name="Values">Each once, in the order of the schema.</param>
/// <param name="IsClosed">Other values are not allowed; false where one of several alternatives lists its
/// values.</param>
internal sealed record SchemaChoices(IReadOnlyList<JsonElement> Values, bool IsClosed)
{
    /// <summary>Nothing is listed.</summary>
    public static SchemaChoices None { get; } = new([], false);

    /// <param name="root">Holds what references mean.</param>
    /// <param name="schema">The schema.</param>
    public static SchemaChoices Of(SchemaRoot root, JsonElement schema)
    {
        var left = SchemaRoot.MaxSchemas;
        return Of(root, schema, ref left);
    }

    private static SchemaChoices Of(SchemaRoot root, JsonElement schema, ref int left)
    {
        if (schema.ValueKind != JsonValueKind.Object || left-- <= 0)
            return None;
        var choices = Own(schema);
        if (root.Target(schema) is { } target)
            choices = choices.And(Of(root, target, ref left));
        foreach (var part in SchemaRoot.Members(schema, "allOf"))
            choices = choices.And(Of(root, part, ref left));
        return choices.And(OneOf(root, schema, "anyOf", ref left)).And(OneOf(root, schema, "oneOf", ref left));
    }

    private static SchemaChoices Own(JsonElement schema)
    {
        if (schema.TryGetProperty("const", out var only))
            return new SchemaChoices([only], true);
        var values = Distinct(SchemaRoot.Members(schema, "enum"));
        return values.Count == 0 ? None : new SchemaChoices(values, true);
    }

    private static SchemaChoices OneOf(SchemaRoot root, JsonElement schema, string keyword, ref int left)
    {
        var values = new List<JsonElement>();
        var isClosed = true;
        foreach (var branch in SchemaRoot.Members(schema, keyword))
        {
            var own = Of(root, branch, ref left);
            values.AddRange(own.Values);
            isClosed &= own.IsClosed || SchemaRoot.Text(branch, "type") == "null";
        }
        return values.Count == 0 ? None : new SchemaChoices(Distinct(values), isClosed);
    }

    // Lists without a common value contradict each other; both are shown, and the check of the call decides.
    private SchemaChoices And(SchemaChoices other)
    {
        if (Values.Count == 0 || other.Values.Count == 0)
            return Values.Count == 0 ? other : this;
        if (!IsClosed || !other.IsClosed)
            return IsClosed ? this
                : other.IsClosed ? other
                : new SchemaChoices(Distinct(Values.Concat(other.Values)), false);
        var common = Values.Where(value => other.Values.Any(own => JsonElement.DeepEquals(value, own))).ToList();
        return new SchemaChoices(common.Count > 0 ? common : Distinct(Values.Concat(other.Values)), true);
    }

    private static List<JsonElement> Distinct(IEnumerable<JsonElement> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. values.Where(value => seen.Add(value.GetRawText()))];
    }
}
