using System.Text.Json;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>type</c>.</summary>
internal sealed class TypeKeyword(SchemaNode owner, JsonTypes types)
    : AssertionKeyword(owner, "type", KeywordKinds.Type)
{
    public JsonTypes Types => types;

    /// <summary><c>must be a string or null, is 5</c>.</summary>
    public static string Describe(JsonTypes types, JsonElement instance, string shown)
    {
        var words = new List<string>();
        types.AddWords(words);
        var isShort = instance.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null);
        return $"must be {Preview.List(words)}, is {Preview.Kind(instance)}{(isShort ? $": {shown}" : "")}";
    }

    // Documents forget to say "nullable" more often than anything else: a null is never certain to be wrong.
    protected override bool IsValid(JsonElement instance, Evaluation evaluation) =>
        types.Include(instance) || (instance.ValueKind == JsonValueKind.Null && evaluation.Ignores(KeywordKinds.Other));

    protected override string Describe(JsonElement instance) => Describe(types, instance, Show(instance));
}

/// <summary>The schema <c>false</c>.</summary>
internal sealed class FalseSchema(SchemaNode owner) : Keyword(owner, "false", KeywordKinds.Other)
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (evaluation.IsCollecting)
            evaluation.Add(this, "is not allowed");
        return false;
    }
}
