using System.Globalization;
using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>prefixItems</c> with <c>items</c>.</summary>
internal sealed class ItemsKeyword(SchemaNode owner, SchemaNode[] prefix, SchemaNode? items) : Keyword(owner, "items")
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Array)
            return true;
        var isValid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var schema = index < prefix.Length ? prefix[index] : items;
            if (schema is null)
                break;
            if (!EvaluateItem(schema, item, index, evaluation))
            {
                isValid = false;
                if (!evaluation.IsCollecting)
                    return false;
            }

            evaluated?.Add(index);
            index++;
        }

        return isValid;
    }

    private static bool EvaluateItem(SchemaNode schema, JsonElement item, int index, Evaluation evaluation) =>
        schema.EvaluateChild(
            item,
            evaluation.IsCollecting ? index.ToString(CultureInfo.InvariantCulture) : null,
            evaluation
        );
}

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed class ContainsKeyword(SchemaNode owner, SchemaNode contains, long minimum, long maximum)
    : Keyword(owner, "contains", KeywordKinds.Other)
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Array)
            return true;
        var count = Count(instance, evaluation, evaluated);
        if (count >= minimum && count <= maximum)
            return true;
        if (evaluation.IsCollecting)
        {
            evaluation.Add(
                this,
                count < minimum
                    ? $"must contain at least {CountText.Of(minimum, "item")} that match "
                        + $"\"contains\", contains {count}"
                    : $"must contain at most {CountText.Of(maximum, "item")} that match \"contains\", "
                        + $"contains {count}"
            );
        }

        return false;
    }

    private long Count(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        // Why an item is not one of those that are counted is not a violation.
        var (collected, isCondition) = (evaluation.Collected, evaluation.IsCondition);
        (evaluation.Collected, evaluation.IsCondition) = (null, true);
        var count = 0L;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (contains.EvaluateChild(item, token: null, evaluation))
            {
                count++;
                evaluated?.Add(index);
            }

            index++;
            if (evaluated is null && maximum == long.MaxValue && count >= minimum)
                break;
        }

        (evaluation.Collected, evaluation.IsCondition) = (collected, isCondition);
        return count;
    }
}

/// <summary><c>uniqueItems</c>.</summary>
internal sealed class UniqueItemsKeyword(SchemaNode owner) : AssertionKeyword(owner, "uniqueItems")
{
    private const int CompareEachUpTo = 8;

    protected override bool IsValid(JsonElement instance, Evaluation evaluation) => FindEqual(instance) is null;

    protected override string Describe(JsonElement instance)
    {
        var (first, second) = FindEqual(instance)!.Value;
        return $"must not hold the same item twice, items {first} and {second} are both {Show(instance[first])}";
    }

    private static (int First, int Second)? FindEqual(JsonElement instance)
    {
        if (instance.ValueKind != JsonValueKind.Array)
            return null;
        var length = instance.GetArrayLength();
        if (length > CompareEachUpTo)
            return FindEqualByHash(instance, length);
        for (var i = 0; i < length - 1; i++)
        {
            for (var j = i + 1; j < length; j++)
            {
                if (JsonEquality.Instance.Equals(instance[i], instance[j]))
                    return (i, j);
            }
        }

        return null;
    }

    private static (int First, int Second)? FindEqualByHash(JsonElement instance, int length)
    {
        var seen = new Dictionary<JsonElement, int>(length, JsonEquality.Instance);
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (!seen.TryAdd(item, index))
                return (seen[item], index);
            index++;
        }

        return null;
    }
}
