namespace McpRuntime.OpenApi.Examples;

/// <summary>The document's own request examples, tried on the tools that were made of it.</summary>
/// <param name="Tried">Examples of parameters and bodies; one that several operations share counts once.</param>
/// <param name="Mismatched">Those that do not fit; the findings <c>example-mismatch</c> say why.</param>
public sealed record ExampleCounts(int Tried, int Mismatched)
{
    /// <summary>None tried.</summary>
    public static ExampleCounts None { get; } = new(0, 0);
}
