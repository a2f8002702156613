using System.Text.Json;
using McpRuntime.Json.Schemas.Keywords;

namespace McpRuntime.Json.Schemas.Compilation;

/// <summary>
/// A compiled JSON Schema 2020-12. <c>format</c> and <c>content*</c> are annotations, as the specification has it by
/// default. Nothing is ever fetched. Schema and instance may both be hostile: depth, steps and the time of patterns are
/// bounded, and what exceeds a bound counts as a violation. Immutable for its users and safe on several threads; the
/// parts of a schema are compiled when an instance first needs them.
/// </summary>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;
    private readonly SchemaSubject _subject;

    private JsonSchema(SchemaNode root, SchemaSubject subject)
    {
        _root = root;
        _subject = subject;
    }

    /// <summary>
    /// Compiles a schema. Never throws on a faulty one: a keyword with a value of the wrong kind is ignored and a
    /// reference that leads nowhere fits no instance; <see cref="Check"/> reports both.
    /// </summary>
    /// <param name="schema">The schema; copied when its document can be disposed.</param>
    /// <param name="subject">What the instances are, for the words of messages.</param>
    public static JsonSchema Compile(JsonElement schema, SchemaSubject subject = SchemaSubject.Value) =>
        Compile(schema, subject, resources: null);

    /// <param name="schema">The schema.</param>
    /// <param name="subject">What the instances are, for the words of messages.</param>
    /// <param name="resources">Further schemas by absolute URI without fragment.</param>
    internal static JsonSchema Compile(
        JsonElement schema,
        SchemaSubject subject,
        IReadOnlyDictionary<string, JsonElement>? resources
    )
    {
        var registry = new SchemaRegistry(resources, KeywordCompiler.Compile);
        return new JsonSchema(registry.AddRoot(schema.Clone()), subject);
    }

    /// <summary>All reasons why <paramref name="schema"/> is not a usable schema; none when it is one.</summary>
    public static IReadOnlyList<SchemaProblem> Check(JsonElement schema) => SchemaChecker.Check(schema);

    /// <summary>
    /// The schema at a JSON pointer into this one, with the same definitions; null where there is none.
    /// </summary>
    internal JsonSchema? At(string pointer, SchemaSubject subject) =>
        _root.Resource.Document.Find(_root.Resource, pointer) is { } node ? new JsonSchema(node, subject) : null;

    /// <summary>Whether <paramref name="instance"/> fits; the cheap question, without reasons.</summary>
    public bool IsValid(JsonElement instance)
    {
        var evaluation = new Evaluation(_subject);
        try
        {
            return _root.Evaluate(instance, evaluation, evaluated: null);
        }
        catch (Exception e) when (EvaluationAborted.IsBoundExceeded(e))
        {
            return false;
        }
    }

    /// <summary>
    /// What of <paramref name="instance"/> does not fit, with the keywords that found it; none when it fits.
    /// </summary>
    /// <param name="instance">The value.</param>
    /// <param name="kinds">The assertions that count.</param>
    internal IReadOnlyList<Collected> Find(JsonElement instance, KeywordKinds kinds = KeywordKinds.All)
    {
        var evaluation = new Evaluation(_subject, collects: true, kinds);
        try
        {
            _root.Evaluate(instance, evaluation, evaluated: null);
        }
        catch (Exception e) when (EvaluationAborted.IsBoundExceeded(e))
        {
            evaluation.AddAborted(e);
        }

        return evaluation.Collected!;
    }

    /// <summary>
    /// All violations of <paramref name="instance"/>, at most <see cref="Evaluation.MaxViolations"/>; none when it
    /// fits.
    /// </summary>
    public IReadOnlyList<SchemaViolation> Evaluate(JsonElement instance)
    {
        // Most instances fit: reasons are looked for in a second pass that those never pay for.
        var evaluation = new Evaluation(_subject);
        try
        {
            if (_root.Evaluate(instance, evaluation, evaluated: null))
                return [];
            evaluation = new Evaluation(_subject, collects: true);
            _root.Evaluate(instance, evaluation, evaluated: null);
        }
        catch (Exception e) when (EvaluationAborted.IsBoundExceeded(e))
        {
            evaluation.AddAborted(e);
        }

        return evaluation.TakeViolations();
    }
}
