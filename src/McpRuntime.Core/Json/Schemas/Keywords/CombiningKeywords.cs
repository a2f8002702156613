using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOfKeyword(SchemaNode owner, SchemaNode[] schemas) : Keyword(owner, "allOf")
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        var isValid = true;
        foreach (var schema in schemas)
        {
            if (schema.Evaluate(instance, evaluation, evaluated))
                continue;
            isValid = false;
            if (!evaluation.IsCollecting)
                break;
        }

        return isValid;
    }
}

/// <summary><c>anyOf</c> and <c>oneOf</c>.</summary>
internal sealed class ChoiceKeyword(SchemaNode owner, string name, SchemaNode[] schemas) : Keyword(owner, name)
{
    private readonly bool _isOneOf = name == "oneOf";
    private readonly Discriminator? _discriminator = Discriminator.Of(owner);

    public IReadOnlyList<SchemaNode> Schemas => schemas;

    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        var isGenerous = evaluation.IsOfArguments && !evaluation.IsCondition;
        if (isGenerous && _discriminator?.SchemaFor(instance) is { } meant)
            return EvaluateMeant(meant, instance, evaluation, evaluated);
        var isOneOf = _isOneOf && !isGenerous;
        var collected = evaluation.Collected;
        evaluation.Collected = null;
        var matches = CountMatches(instance, isOneOf, evaluation, evaluated);
        evaluation.Collected = collected;
        if (matches == 1 || (matches > 1 && !isOneOf))
            return true;
        if (collected is null)
            return false;
        if (matches > 1)
            evaluation.Add(
                this,
                $"must match exactly one of the {CountText.Of(schemas.Length, "alternative")} of its schema, matches "
                    + $"more than one"
            );
        else
            BranchReport.Add(this, instance, evaluation);
        return false;
    }

    private static bool EvaluateMeant(
        SchemaNode meant,
        JsonElement instance,
        Evaluation evaluation,
        EvaluatedSet? evaluated
    )
    {
        if (!evaluation.TryEnterReference(meant))
            return true;
        var isValid = meant.Evaluate(instance, evaluation, evaluated);
        evaluation.LeaveReference();
        return isValid;
    }

    private int CountMatches(JsonElement instance, bool isOneOf, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        var matches = 0;
        foreach (var schema in schemas)
        {
            if (!schema.Evaluate(instance, evaluation, evaluated))
                continue;
            matches++;
            // Where someone asks what was evaluated, every form that fits counts; two are too many for oneOf anyway.
            if (isOneOf ? matches > 1 : evaluated is null)
                break;
        }

        return matches;
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class NotKeyword(SchemaNode owner, SchemaNode schema) : Keyword(owner, "not", KeywordKinds.Other)
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        var (collected, isCondition) = (evaluation.Collected, evaluation.IsCondition);
        (evaluation.Collected, evaluation.IsCondition) = (null, true);
        var fits = schema.Evaluate(instance, evaluation, evaluated: null);
        (evaluation.Collected, evaluation.IsCondition) = (collected, isCondition);
        if (fits && evaluation.IsCollecting)
            evaluation.Add(this, $"must not match the schema under \"not\", is {Show(instance)}");
        return !fits;
    }
}

/// <summary><c>if</c> with <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionKeyword(SchemaNode owner, SchemaNode condition, SchemaNode? then, SchemaNode? otherwise)
    : Keyword(owner, "if", KeywordKinds.Other)
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        var (collected, isCondition) = (evaluation.Collected, evaluation.IsCondition);
        (evaluation.Collected, evaluation.IsCondition) = (null, true);
        var fits = condition.Evaluate(instance, evaluation, evaluated);
        (evaluation.Collected, evaluation.IsCondition) = (collected, isCondition);
        return (fits ? then : otherwise)?.Evaluate(instance, evaluation, evaluated) ?? true;
    }
}
