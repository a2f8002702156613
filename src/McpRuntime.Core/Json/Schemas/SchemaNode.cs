using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>One schema in a document. Its keywords are compiled when an instance first arrives.</summary>
internal sealed class SchemaNode(SchemaResource resource, JsonElement element, string pointer)
{
    // Two threads may compile the same node; both get equal keywords and the last ones stay.
    private volatile Keyword[]? _keywords;

    public SchemaResource Resource { get; } = resource;

    /// <summary>JSON pointer from the root of the document.</summary>
    public string Pointer { get; } = pointer;

    public JsonElement Element { get; } = element;

    /// <summary>The schema that fits nothing.</summary>
    public bool IsFalse => Element.ValueKind == JsonValueKind.False;

    /// <summary>Values of this schema stay out of messages.</summary>
    public bool HidesValues { get; private set; }

    private Keyword[] Keywords => _keywords ?? Compile();

    /// <summary>Whether <paramref name="instance"/> fits.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="evaluation">The state of the evaluation; receives violations when it collects.</param>
    /// <param name="evaluated">Receives what was evaluated of the value when it fits; null when no one asks.</param>
    public bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        var keywords = Keywords;
        if (keywords.Length == 0)
            return true;

        evaluation.EnterSchema();
        var outer = evaluation.Scope;
        if (!ReferenceEquals(outer?.Resource, Resource))
            evaluation.Scope = outer is null ? Resource.OutermostScope : new ResourceScope(Resource, outer);
        // Only what this schema's own parts evaluated counts for its unevaluated*; what a failed one did counts
        // nowhere.
        var own = evaluated is not null || keywords[^1].ReadsEvaluated ? new EvaluatedSet() : null;

        var isValid = true;
        foreach (var keyword in keywords)
        {
            if (evaluation.Ignores(keyword.Kinds) || keyword.Evaluate(instance, evaluation, own))
                continue;
            isValid = false;
            // To a value of the wrong type the other keywords have nothing to say that would help.
            if (!evaluation.IsCollecting || keyword.Kinds == KeywordKinds.Type)
                break;
        }

        if (isValid)
            evaluated?.UnionWith(own!);
        evaluation.Scope = outer;
        evaluation.LeaveSchema();
        return isValid;
    }

    /// <summary>
    /// Whether a value that stands alone fits; one that cannot be evaluated within the bounds does not.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="subject">What it is.</param>
    /// <param name="kinds">The assertions that count.</param>
    public bool Fits(JsonElement value, SchemaSubject subject, KeywordKinds kinds)
    {
        try
        {
            return Evaluate(value, new Evaluation(subject, kinds: kinds), evaluated: null);
        }
        catch (Exception e) when (EvaluationAborted.IsBoundExceeded(e))
        {
            return false;
        }
    }

    /// <summary>Evaluates a member or an item of the value that the caller evaluates.</summary>
    /// <param name="child">The member's or item's value.</param>
    /// <param name="token">Its name or index; only needed while collecting.</param>
    /// <param name="evaluation">The state of the evaluation.</param>
    public bool EvaluateChild(JsonElement child, string? token, Evaluation evaluation)
    {
        if (Keywords.Length == 0)
            return true;
        evaluation.EnterChild(token);
        var isValid = Evaluate(child, evaluation, evaluated: null);
        evaluation.LeaveChild();
        return isValid;
    }

    private Keyword[] Compile()
    {
        HidesValues = Hides(Element);
        return _keywords = Resource.Document.Registry.Compile(this);
    }

    /// <summary>
    /// Whether the schema marks its values as nothing to show (OpenAPI: <c>format: password</c>; <c>writeOnly</c>).
    /// </summary>
    private static bool Hides(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && (
            (schema.TryGetProperty("writeOnly"u8, out var writeOnly) && writeOnly.ValueKind == JsonValueKind.True)
            || (
                schema.TryGetProperty("format"u8, out var format)
                && format.ValueKind == JsonValueKind.String
                && format.ValueEquals("password"u8)
            )
        );
}
