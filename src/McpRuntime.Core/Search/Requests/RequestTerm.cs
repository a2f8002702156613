using McpRuntime.Search.Words;

namespace McpRuntime.Search.Requests;

/// <summary>A word or phrase of a request that tools are searched for.</summary>
/// <param name="Text">As it was written, in small letters.</param>
/// <param name="Weight">How much it counts, from 0 to 1 for each word.</param>
/// <param name="Meanings">What it may be called; the one that fits best counts.</param>
internal sealed record RequestTerm(string Text, double Weight, IReadOnlyList<Meaning> Meanings)
{
    /// <summary>
    /// The thing that the request is about, which nearly always ends the path: <c>comments</c> in "list comments of an
    /// issue".
    /// </summary>
    public bool IsHead { get; init; }
}

/// <summary>What a word may be called in an API.</summary>
/// <param name="Stems">One or more; several belong together.</param>
/// <param name="Weight">From 0 to 1.</param>
/// <param name="Origin">How it came about.</param>
internal sealed record Meaning(string[] Stems, double Weight, MeaningOrigin Origin);

/// <summary>How a meaning came about.</summary>
internal enum MeaningOrigin
{
    Written,
    Joined,
    Respelled,
    Synonym,
    Translated,
    Value,
}

/// <summary>A verb of a request.</summary>
/// <param name="Kinds">What it asks for, the likeliest first.</param>
/// <param name="Weight">How much it counts; the first verb counts most.</param>
internal sealed record RequestVerb(OperationKind[] Kinds, double Weight);

/// <summary>What a request asks for.</summary>
/// <param name="Terms">What is searched for.</param>
/// <param name="Verbs">What is to be done.</param>
internal sealed record ReadRequest(IReadOnlyList<RequestTerm> Terms, IReadOnlyList<RequestVerb> Verbs);
