namespace McpRuntime.Search.Indexing;

/// <summary>
/// How much a word counts by the field that it is in (BM25F: Robertson, Zaragoza, Taylor, "Simple BM25 extension to
/// multiple weighted fields", 2004).
/// </summary>
internal sealed record FieldWeights
{
    public double Name { get; init; } = 3;

    public double Resource { get; init; } = 3;

    public double Path { get; init; } = 2;

    public double PathArguments { get; init; } = 0.25;

    public double Tags { get; init; } = 1;

    public double Title { get; init; } = 3;

    public double Sentence { get; init; } = 1.5;

    public double Description { get; init; } = 0.25;

    public double Arguments { get; init; } = 0.8;

    public double Choices { get; init; } = 0.3;

    public double Connector { get; init; } = 0.5;

    /// <summary>From 0 to 1: how much less a word counts in a field that is longer than usual.</summary>
    public double Length { get; init; } = 0.4;

    /// <param name="field">The field.</param>
    /// <param name="words">How many words the field has.</param>
    public double Of(Field field, int words) => Base(field) / (1 - Length + (Length * words / UsualLength(field)));

    private double Base(Field field) =>
        field switch
        {
            Field.Name => Name,
            Field.Resource => Resource,
            Field.Path => Path,
            Field.PathArguments => PathArguments,
            Field.Tags => Tags,
            Field.Title => Title,
            Field.Sentence => Sentence,
            Field.Description => Description,
            Field.Arguments => Arguments,
            Field.Choices => Choices,
            _ => Connector,
        };

    private static int UsualLength(Field field) =>
        field switch
        {
            Field.Name or Field.Title => 4,
            Field.Resource or Field.PathArguments or Field.Tags or Field.Connector => 2,
            Field.Path => 3,
            Field.Sentence => 12,
            Field.Description => 50,
            _ => 12,
        };
}
