namespace McpRuntime.Manifests;

/// <summary>
/// What models get of an answer; null takes the value of the next wider level (tool, connector, setting). Other callers
/// get whole answers.
/// </summary>
public sealed record AnswerRules
{
    /// <summary>Smallest budget but none, in tokens.</summary>
    public const int LeastBudget = 500;

    public const int LargestBudget = 1_000_000;

    public static AnswerRules None { get; } = new();

    /// <summary>
    /// Parts that are kept where the caller selects none itself; see <see cref="Json.Selecting.Selection"/>.
    /// </summary>
    public string? Select { get; init; }

    /// <summary>Parts that are left out, likewise; paths without <c>-</c>.</summary>
    public string? Drop { get; init; }

    /// <summary>Tokens of an answer; 0 for no bound.</summary>
    public int? Budget { get; init; }

    /// <summary>True: the tool, called directly, takes <c>_select</c> and its like.</summary>
    public bool? Options { get; init; }

    /// <summary>These rules, and those of a wider level where they say nothing.</summary>
    public AnswerRules Over(AnswerRules wider) =>
        new()
        {
            Select = Select ?? wider.Select,
            Drop = Drop ?? wider.Drop,
            Budget = Budget ?? wider.Budget,
            Options = Options ?? wider.Options,
        };
}
