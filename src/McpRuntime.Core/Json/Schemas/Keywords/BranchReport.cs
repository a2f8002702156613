using System.Text.Json;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary>
/// Says why none of several forms fits: the violations of the form that was most likely meant, not those of all.
/// </summary>
internal static class BranchReport
{
    /// <summary>How far off a form is.</summary>
    private enum Miss
    {
        /// <summary>Right kind of value, wrong in detail.</summary>
        Detail,

        /// <summary>A fixed value, of the value itself or of a member, which tells forms apart.</summary>
        FixedValue,

        /// <summary>Another type of value.</summary>
        Type,
    }

    public static void Add(ChoiceKeyword choice, JsonElement instance, Evaluation evaluation)
    {
        var collected = evaluation.Collected!;
        var pointer = evaluation.Pointer;
        List<Collected>? best = null;
        var bestMiss = Miss.Type;
        var sameMiss = new List<Collected>();
        foreach (var schema in choice.Schemas)
        {
            var found = evaluation.Collected = [];
            schema.Evaluate(instance, evaluation, evaluated: null);
            var (miss, reason) = Weigh(found, pointer);
            if (best is null || miss < bestMiss)
                sameMiss.Clear();
            if (best is null || miss < bestMiss || (miss == bestMiss && found.Count < best.Count))
                best = found;
            if (miss <= bestMiss || sameMiss.Count == 0)
            {
                bestMiss = miss;
                if (reason is not null)
                    sameMiss.Add(reason);
            }
        }

        evaluation.Collected = collected;
        if (best is null)
            evaluation.Add(choice, "matches no alternative of its schema, which has none");
        else if (bestMiss == Miss.Detail || !TryMerge(choice, sameMiss, bestMiss, instance, pointer, evaluation))
            AddAll(choice, best, pointer, evaluation);
    }

    private static void AddAll(ChoiceKeyword choice, List<Collected> found, string pointer, Evaluation evaluation)
    {
        foreach (var each in found)
        {
            if (evaluation.Collected!.Count < Evaluation.MaxViolations)
                evaluation.Collected.Add(each.Pointer == pointer ? each with { Choice = choice } : each);
        }
    }

    private static (Miss Miss, Collected? Reason) Weigh(List<Collected> found, string pointer)
    {
        foreach (var each in found)
        {
            if (each.Pointer == pointer && each.Keyword is TypeKeyword)
                return (Miss.Type, each);
        }

        foreach (var each in found)
        {
            if (each.Keyword is EnumKeyword && IsSelfOrMember(each.Pointer, pointer))
                return (Miss.FixedValue, each);
        }

        return (Miss.Detail, found.Count > 0 ? found[0] : null);
    }

    private static bool IsSelfOrMember(string pointer, string parent) =>
        pointer.Length == parent.Length || pointer.LastIndexOf('/') == parent.Length;

    /// <summary>One sentence for forms that all want another type, or all another value in one place.</summary>
    private static bool TryMerge(
        ChoiceKeyword choice,
        List<Collected> reasons,
        Miss miss,
        JsonElement instance,
        string pointer,
        Evaluation evaluation
    )
    {
        var types = JsonTypes.None;
        var values = new List<JsonElement>();
        foreach (var reason in reasons)
        {
            if (reason.Pointer != reasons[0].Pointer)
                return false;
            if (reason.Keyword is TypeKeyword type)
                types |= type.Types;
            else if (reason.Keyword is EnumKeyword fixedValue)
                values.AddRange(fixedValue.Values);
        }

        var owner = reasons[0].Keyword!.Owner;
        var place = reasons[0].Pointer;
        if (
            miss == Miss.FixedValue
            && place != pointer
            && !instance.TryGetProperty(Json.JsonPointer.Unescape(place[(pointer.Length + 1)..]), out instance)
        )
            return false;
        var shown = owner.HidesValues ? "***" : Preview.Of(instance);
        var words =
            miss == Miss.Type
                ? TypeKeyword.Describe(types, instance, shown)
                : EnumKeyword.Describe(values, instance, shown);
        var isMember = place != pointer;
        if (isMember)
            evaluation.EnterChild(Json.JsonPointer.Unescape(place[(pointer.Length + 1)..]));
        evaluation.Add(reasons.Count == 1 ? reasons[0].Keyword! : choice, words);
        if (isMember)
            evaluation.LeaveChild();
        else if (evaluation.Collected is [.., var last])
            evaluation.Collected[^1] = last with { Choice = choice };
        return true;
    }
}
