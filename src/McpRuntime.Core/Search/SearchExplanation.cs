namespace McpRuntime.Search;

/// <summary>Why a tool has its score: the sum of <see cref="Words"/>, times 1 and all <see cref="Factors"/>.</summary>
/// <param name="Score">As in <see cref="SearchHit.Score"/>; 0 where the tool has nothing of the request.</param>
/// <param name="Words">What each word of the request gave, in the order of the request. Words that the tool does not
/// have are left out.</param>
/// <param name="Factors">What raised or lowered the sum, by its share.</param>
public sealed record SearchExplanation(
    double Score,
    IReadOnlyList<WordScore> Words,
    IReadOnlyList<ScoreFactor> Factors
);

/// <summary>What a word of a request gave a tool.</summary>
/// <param name="Word">As in the request, in small letters.</param>
/// <param name="Found">The stems that the tool has of it.</param>
/// <param name="Origin">How one became the other: <c>written</c>, <c>joined</c>, <c>respelled</c>, <c>synonym</c>,
/// <c>translated</c>, or <c>value</c>.</param>
/// <param name="Fields">Where: <c>name</c>, <c>resource</c> (the last segment of the path), <c>path</c>, <c>path
/// arguments</c>, <c>tags</c>, <c>title</c>, <c>sentence</c>, <c>description</c>, <c>arguments</c>, <c>choices</c>,
/// <c>connector</c>.</param>
/// <param name="Score">What it gave.</param>
public sealed record WordScore(string Word, string Found, string Origin, IReadOnlyList<string> Fields, double Score);

/// <summary>What raised or lowered a score.</summary>
/// <param name="Name">
/// <c>resource</c>, <c>path</c>, <c>name</c>, <c>title</c>: how much of the words there the request has. <c>head</c>:
/// the request is about the end of the path. <c>intent</c>: the operation does, or does not do, what the request asks
/// for. <c>depth</c>: the length of the path. <c>deprecated</c>: the operation is.
/// </param>
/// <param name="Value">Above 0 raises.</param>
public sealed record ScoreFactor(string Name, double Value);
