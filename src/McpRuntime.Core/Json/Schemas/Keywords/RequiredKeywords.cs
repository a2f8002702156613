using System.Text.Json;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>required</c>, or one entry of <c>dependentRequired</c>.</summary>
/// <param name="owner">The schema.</param>
/// <param name="name">The keyword.</param>
/// <param name="names">The names that must be there.</param>
/// <param name="condition">The member that asks for them; null for <c>required</c>.</param>
internal sealed class RequiredKeyword(SchemaNode owner, string name, string[] names, string? condition)
    : Keyword(owner, name, KeywordKinds.Other)
{
    private const int SearchEachUpTo = 4;

    private readonly NameTable _table = new(names);
    private readonly byte[][] _utf8 = Array.ConvertAll(names, System.Text.Encoding.UTF8.GetBytes);

    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (
            instance.ValueKind != JsonValueKind.Object
            || (condition is not null && !instance.TryGetProperty(condition, out _))
        )
            return true;
        if (names.Length <= SearchEachUpTo ? HasAll(instance) : CountFound(instance, found: null) == names.Length)
            return true;
        if (evaluation.IsCollecting)
            Report(instance, evaluation);
        return false;
    }

    private bool HasAll(JsonElement instance)
    {
        foreach (var name in _utf8)
        {
            if (!instance.TryGetProperty(name, out _))
                return false;
        }

        return true;
    }

    /// <summary>Walks over the members once, whatever the number of names: both are the choice of others.</summary>
    private int CountFound(JsonElement instance, HashSet<int>? found)
    {
        var count = 0;
        var words = (names.Length + 63) >> 6;
        Span<ulong> seen = words <= 8 ? stackalloc ulong[8] : new ulong[words];
        foreach (var member in instance.EnumerateObject())
        {
            var index = _table.Find(member);
            if (index < 0 || (seen[index >> 6] & (1UL << (index & 63))) != 0)
                continue;
            seen[index >> 6] |= 1UL << (index & 63);
            found?.Add(index);
            count++;
        }

        return count;
    }

    private void Report(JsonElement instance, Evaluation evaluation)
    {
        var found = new HashSet<int>();
        CountFound(instance, found);
        for (var i = 0; i < names.Length; i++)
        {
            if (found.Contains(i))
                continue;
            evaluation.EnterChild(names[i]);
            evaluation.Add(this, condition is null ? "is required" : $"is required because '{condition}' is there");
            evaluation.LeaveChild();
        }
    }
}

/// <summary><c>propertyNames</c>.</summary>
internal sealed class PropertyNamesKeyword(SchemaNode owner, SchemaNode names)
    : Keyword(owner, "propertyNames", KeywordKinds.Other)
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        var wereNames = evaluation.AreNames;
        evaluation.AreNames = true;
        foreach (var member in instance.EnumerateObject())
        {
            if (names.EvaluateChild(AsString(member), evaluation.IsCollecting ? $"{member.Name}" : null, evaluation))
                continue;
            isValid = false;
            if (!evaluation.IsCollecting)
                break;
        }

        evaluation.AreNames = wereNames;
        return isValid;
    }

    private static JsonElement AsString(JsonProperty member)
    {
        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(member);
        var text = new byte[raw.Length + 2];
        text[0] = text[^1] = (byte)'"';
        raw.CopyTo(text.AsSpan(1));
        return JsonElement.Parse(text);
    }
}

/// <summary>One entry of <c>dependentSchemas</c>.</summary>
internal sealed class DependentSchemaKeyword(SchemaNode owner, string condition, SchemaNode schema)
    : Keyword(owner, "dependentSchemas")
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated) =>
        instance.ValueKind != JsonValueKind.Object
        || !instance.TryGetProperty(condition, out _)
        || schema.Evaluate(instance, evaluation, evaluated);
}
