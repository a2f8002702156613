using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>A compiled keyword, or several that the specification lets work together.</summary>
/// <param name="owner">The schema that holds it.</param>
/// <param name="name">The keyword.</param>
/// <param name="kinds">What it asserts by itself.</param>
internal abstract class Keyword(SchemaNode owner, string name, KeywordKinds kinds = KeywordKinds.None)
{
    public KeywordKinds Kinds { get; } = kinds;

    public SchemaNode Owner { get; } = owner;

    public string Name { get; } = name;

    /// <summary>Whether it depends on what the other keywords evaluated; such keywords come last.</summary>
    public virtual bool ReadsEvaluated => false;

    /// <summary>Where the keyword is, as <see cref="SchemaViolation.SchemaPointer"/> has it.</summary>
    public string SchemaPointer => PointerOf(Name);

    /// <summary>Whether the value fits; adds its violations when the evaluation collects.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="evaluation">The state of the evaluation.</param>
    /// <param name="evaluated">Receives what was evaluated; null when no one asks.</param>
    public abstract bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated);

    protected string PointerOf(string name)
    {
        var document = Owner.Resource.Document.RetrievalUri;
        return $"{(document is null ? "" : $"{document.AbsoluteUri}#")}{JsonPointer.Append(Owner.Pointer, name)}";
    }

    /// <summary>The value as a message shows it.</summary>
    protected string Show(JsonElement value) => Owner.HidesValues ? "***" : Preview.Of(value);
}

/// <summary>A keyword that looks at nothing but the value itself.</summary>
internal abstract class AssertionKeyword(SchemaNode owner, string name, KeywordKinds kinds = KeywordKinds.Other)
    : Keyword(owner, name, kinds)
{
    public sealed override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        if (IsValid(instance, evaluation))
            return true;
        if (evaluation.IsCollecting)
            evaluation.Add(this, Describe(instance));
        return false;
    }

    protected abstract bool IsValid(JsonElement instance, Evaluation evaluation);

    /// <summary>What would be right and what is there: <c>must be …, is …</c>.</summary>
    protected abstract string Describe(JsonElement instance);
}
