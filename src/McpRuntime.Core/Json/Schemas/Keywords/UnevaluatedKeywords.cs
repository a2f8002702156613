using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>unevaluatedProperties</c>.</summary>
/// <param name="owner">The schema.</param>
/// <param name="schema">What the members that nothing else evaluated must fit.</param>
/// <param name="names">The names that the schema itself lists, for messages.</param>
internal sealed class UnevaluatedPropertiesKeyword(SchemaNode owner, SchemaNode schema, IReadOnlyList<string> names)
    : Keyword(owner, "unevaluatedProperties", KeywordKinds.Other)
{
    public override bool ReadsEvaluated => true;

    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        var position = 0;
        foreach (var member in instance.EnumerateObject())
        {
            if (!evaluated!.Contains(position++) && !EvaluateMember(member, evaluation))
            {
                isValid = false;
                if (!evaluation.IsCollecting)
                    return false;
            }
        }

        evaluated!.AddAll();
        return isValid;
    }

    private bool EvaluateMember(JsonProperty member, Evaluation evaluation)
    {
        if (!schema.IsFalse)
            return schema.EvaluateChild(member.Value, evaluation.IsCollecting ? member.Name : null, evaluation);
        if (evaluation.IsCollecting)
            UnknownMember.Report(this, member.Name, names, evaluation, isComplete: false);
        return false;
    }
}

/// <summary><c>unevaluatedItems</c>.</summary>
internal sealed class UnevaluatedItemsKeyword(SchemaNode owner, SchemaNode schema)
    : Keyword(owner, "unevaluatedItems", KeywordKinds.Other)
{
    public override bool ReadsEvaluated => true;

    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Array)
            return true;
        var isValid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var token = evaluation.IsCollecting ? index.ToString(CultureInfo.InvariantCulture) : null;
            if (!evaluated!.Contains(index++) && !schema.EvaluateChild(item, token, evaluation))
            {
                isValid = false;
                if (!evaluation.IsCollecting)
                    return false;
            }
        }

        evaluated!.AddAll();
        return isValid;
    }
}
