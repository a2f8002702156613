namespace McpRuntime.Search.Requests;

/// <summary>How much the parts of a request count.</summary>
internal sealed record RequestWeights
{
    /// <summary>A verb that says nothing else, such as "show".</summary>
    public double GenericVerb { get; init; } = 0.25;

    /// <summary>A verb that says more, such as "archive".</summary>
    public double Verb { get; init; } = 0.8;

    /// <summary>A verb after the first one.</summary>
    public double LaterVerb { get; init; } = 0.3;

    /// <summary>That a request without a verb only reads.</summary>
    public double NoVerb { get; init; } = 0.2;

    /// <summary>A word in quotation marks.</summary>
    public double Quoted { get; init; } = 0.15;

    /// <summary>What a value is.</summary>
    public double Value { get; init; } = 0.2;

    /// <summary>A word that may be someone's name.</summary>
    public double Name { get; init; } = 0.7;

    /// <summary>A second word of the same phrase.</summary>
    public double LaterWord { get; init; } = 0.5;

    public double Synonym { get; init; } = 0.6;

    public double Respelled { get; init; } = 0.8;

    public double Translated { get; init; } = 0.9;
}
