using System.Text.Json;
using McpRuntime.Json.Schemas.Patterns;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>: one walk over the members.
/// </summary>
internal sealed class PropertiesKeyword(
    SchemaNode owner,
    string[] names,
    SchemaNode[] schemas,
    (SchemaPattern Pattern, SchemaNode Schema)[] patterns,
    SchemaNode? additional
) : Keyword(owner, "properties")
{
    private readonly NameTable _table = new(names);

    public IReadOnlyList<string> Names => names;

    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        var position = 0;
        foreach (var member in instance.EnumerateObject())
        {
            var isKnown = false;
            isValid &= EvaluateMember(member, evaluation, ref isKnown);
            if (!isValid && !evaluation.IsCollecting)
                return false;
            if (isKnown)
                evaluated?.Add(position);
            position++;
        }

        return isValid;
    }

    private bool EvaluateMember(JsonProperty member, Evaluation evaluation, ref bool isKnown)
    {
        var isValid = true;
        var index = _table.Find(member);
        if (index >= 0)
        {
            isKnown = true;
            isValid = EvaluateChild(schemas[index], member, evaluation);
        }

        foreach (var (pattern, schema) in patterns)
        {
            if (!pattern.IsMatch(member.Name, evaluation))
                continue;
            isKnown = true;
            isValid &= EvaluateChild(schema, member, evaluation);
        }

        if (isKnown || additional is null)
            return isValid;
        isKnown = true;
        if (!additional.IsFalse)
            return EvaluateChild(additional, member, evaluation);
        if (evaluation.Ignores(KeywordKinds.Other))
            return true;
        if (evaluation.IsCollecting)
            UnknownMember.Report(new NamedKeyword(Owner, "additionalProperties"), member.Name, names, evaluation);
        return false;
    }

    private static bool EvaluateChild(SchemaNode schema, JsonProperty member, Evaluation evaluation) =>
        schema.EvaluateChild(member.Value, evaluation.IsCollecting ? member.Name : null, evaluation);
}

/// <summary>The place of a keyword that another one evaluates.</summary>
internal sealed class NamedKeyword(SchemaNode owner, string name) : Keyword(owner, name)
{
    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated) => true;
}
