using System.Text;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas;

/// <summary>The state of one evaluation: where it is, what it has cost and, when it collects, what it found.</summary>
internal sealed class Evaluation(SchemaSubject subject, bool collects = false, KeywordKinds kinds = KeywordKinds.All)
{
    /// <summary>Violations of one evaluation; more would help no one.</summary>
    public const int MaxViolations = 100;

    /// <summary>Schemas within schemas, references included.</summary>
    private const int MaxDepth = 1000;

    /// <summary>Schemas applied in one evaluation: a bound against schemas whose branches multiply.</summary>
    private const int MaxSteps = 2_000_000;

    /// <summary>Milliseconds from the first pattern of an evaluation after which no further one is tried.</summary>
    private const long PatternBudget = 3000;

    private readonly KeywordKinds _ignored = KeywordKinds.All & ~kinds;
    private readonly List<string>? _path = collects ? [] : null;
    private (SchemaNode Target, int Depth)[] _references = [];
    private int _referenceCount;
    private int _depth;
    private int _instanceDepth;
    private int _steps;
    private long _patternDeadline;

    /// <summary>Null while only the answer counts.</summary>
    public List<Collected>? Collected { get; set; } = collects ? [] : null;

    public bool IsCollecting => Collected is not null;

    /// <summary>
    /// The resources that were entered, innermost first (JSON Schema core, section 7.1: dynamic scope).
    /// </summary>
    public ResourceScope? Scope { get; set; }

    public SchemaSubject Subject => subject;

    /// <summary>
    /// Arguments are judged by what an API takes, not by what one validator says: <c>oneOf</c> means at least one, and
    /// a discriminator with a mapping chooses.
    /// </summary>
    public bool IsOfArguments => subject == SchemaSubject.Arguments;

    /// <summary>
    /// The outcome is a condition or is turned around, so that to be generous there would be to be narrow in the end:
    /// <c>oneOf</c> means exactly one.
    /// </summary>
    public bool IsCondition { get; set; }

    /// <summary>What is judged are names of members, not the values at <see cref="Pointer"/>.</summary>
    public bool AreNames { get; set; }

    /// <summary>JSON pointer of the value under evaluation; only kept while collecting.</summary>
    public string Pointer
    {
        get
        {
            if (_path is null || _path.Count == 0)
                return "";
            var pointer = new StringBuilder();
            foreach (var token in _path)
                pointer.Append('/').Append(JsonPointer.Escape(token));
            return pointer.ToString();
        }
    }

    /// <summary>Whether keywords of some kinds do not count.</summary>
    public bool Ignores(KeywordKinds kinds) => (kinds & _ignored) != 0;

    /// <summary>Entering a schema; undone by <see cref="LeaveSchema"/>.</summary>
    public void EnterSchema()
    {
        if (++_depth > MaxDepth)
            throw new EvaluationAborted(
                "cannot be checked: its schema is nested too deeply or refers to itself endlessly"
            );
        if ((_depth & 31) == 0)
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        Spend(1);
    }

    public void LeaveSchema() => _depth--;

    /// <summary>Accounts for work that grows with schema times instance.</summary>
    public void Spend(int steps)
    {
        if ((_steps += steps) > MaxSteps)
            throw new EvaluationAborted(
                "cannot be checked: its schema has too many combinations for a value of this size"
            );
    }

    /// <summary>Accounts for a pattern; many slow ones must not add up.</summary>
    public void SpendPatternTime()
    {
        var now = Environment.TickCount64;
        if (_patternDeadline == 0)
            _patternDeadline = now + PatternBudget;
        else if (now > _patternDeadline)
            throw new EvaluationAborted("cannot be checked: the patterns of its schema take too long");
    }

    public void EnterChild(string? token)
    {
        _instanceDepth++;
        if (IsCollecting)
            _path!.Add(token ?? "");
    }

    public void LeaveChild()
    {
        _instanceDepth--;
        if (IsCollecting)
            _path!.RemoveAt(_path.Count - 1);
    }

    /// <summary>
    /// Follows a reference. False when the same target is being applied to the same value already: a schema that refers
    /// to itself adds nothing to what is being checked, and would never end.
    /// </summary>
    public bool TryEnterReference(SchemaNode target)
    {
        for (var i = _referenceCount - 1; i >= 0 && _references[i].Depth == _instanceDepth; i--)
        {
            if (ReferenceEquals(_references[i].Target, target))
                return false;
        }

        if (_referenceCount == _references.Length)
            Array.Resize(ref _references, Math.Max(8, _referenceCount * 2));
        _references[_referenceCount++] = (target, _instanceDepth);
        return true;
    }

    public void LeaveReference() => _referenceCount--;

    /// <param name="keyword">The keyword that found it.</param>
    /// <param name="words">What follows the subject: <c>must be …</c>.</param>
    public void Add(Keyword keyword, string words) => AddSentence(keyword, $"{SubjectOf(Pointer)} {words}");

    public void AddSentence(Keyword keyword, string message)
    {
        if (Collected!.Count < MaxViolations)
            Collected.Add(new Collected(keyword, Pointer, UntrustedText.Clean(message)) { IsOfName = AreNames });
    }

    public void AddAborted(Exception exception)
    {
        Collected ??= [];
        Collected.Add(
            new Collected(null, "", $"{SubjectOf("")} {EvaluationAborted.Describe(exception)}")
            {
                IsUnreadable = exception is not EvaluationAborted,
            }
        );
    }

    public SchemaViolation[] TakeViolations()
    {
        var violations = new SchemaViolation[Collected!.Count];
        for (var i = 0; i < violations.Length; i++)
            violations[i] = Collected[i].ToViolation();
        return violations;
    }

    private string SubjectOf(string pointer)
    {
        if (pointer.Length > 0)
            return pointer;
        return subject == SchemaSubject.Arguments ? "the arguments object" : "the value";
    }
}

/// <summary>A violation with the keyword that found it, so that branches can be weighed.</summary>
internal sealed record Collected(Keyword? Keyword, string Pointer, string Message)
{
    /// <summary>It is about the name of the member at <see cref="Pointer"/>.</summary>
    public bool IsOfName { get; init; }

    /// <summary>The value holds what is not Unicode text, or is nested too deeply.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>
    /// The outermost choice at the same value, of which this violation is the nearest form's; null for none.
    /// </summary>
    public Keyword? Choice { get; init; }

    public SchemaViolation ToViolation() => new(Pointer, Keyword?.SchemaPointer ?? "", Keyword?.Name ?? "", Message);
}

/// <summary>One link of the dynamic scope.</summary>
internal sealed record ResourceScope(SchemaResource Resource, ResourceScope? Outer);
