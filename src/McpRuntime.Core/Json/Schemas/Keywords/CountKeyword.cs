using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>minItems</c>, <c>maxItems</c>, <c>minProperties</c>, <c>maxProperties</c>.</summary>
internal sealed class CountKeyword(SchemaNode owner, string name, long limit) : AssertionKeyword(owner, name)
{
    private readonly bool _isMinimum = name.StartsWith("min", StringComparison.Ordinal);
    private readonly JsonValueKind _kind = name.EndsWith("Items", StringComparison.Ordinal)
        ? JsonValueKind.Array
        : JsonValueKind.Object;

    protected override bool IsValid(JsonElement instance, Evaluation evaluation) =>
        instance.ValueKind != _kind || (_isMinimum ? Count(instance) >= limit : Count(instance) <= limit);

    protected override string Describe(JsonElement instance)
    {
        var things = _kind == JsonValueKind.Array ? CountText.Of(limit, "item") : CountText.Of(limit, "member");
        return $"must have at {(_isMinimum ? "least" : "most")} {things}, has {Count(instance)}";
    }

    private static int Count(JsonElement instance) =>
        instance.ValueKind == JsonValueKind.Array ? instance.GetArrayLength() : instance.GetPropertyCount();
}
