using McpRuntime.Search.Words;

namespace McpRuntime.Search.Indexing;

/// <summary>What the ranking knows of a tool besides where words are.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="IsDeprecated">It comes after all others.</param>
/// <param name="ResourceWords">Different words of <see cref="Field.Resource"/>.</param>
/// <param name="PathWords">Different words of <see cref="Field.Path"/>.</param>
/// <param name="NameWords">Different words of the name that say more than what is done.</param>
/// <param name="TitleWords">The same of the title.</param>
/// <param name="Depth">Segments and arguments of the path.</param>
internal sealed record ToolFacts(
    OperationKind Kind,
    bool IsDeprecated,
    int ResourceWords,
    int PathWords,
    int NameWords,
    int TitleWords,
    int Depth
);
