namespace McpRuntime.Search.Ranking;

/// <inheritdoc cref="ScoreFactor"/>
internal readonly record struct ScoreFactors(
    double Resource,
    double Path,
    double Name,
    double Title,
    double Head,
    double Intent,
    double Depth,
    double Deprecated
)
{
    public double Sum => Resource + Path + Name + Title + Head + Intent + Depth + Deprecated;

    /// <summary>Those that are not 0.</summary>
    public IReadOnlyList<ScoreFactor> Named() =>
        [
            .. new ScoreFactor[]
            {
                new("resource", Resource),
                new("path", Path),
                new("name", Name),
                new("title", Title),
                new("head", Head),
                new("intent", Intent),
                new("depth", Depth),
                new("deprecated", Deprecated),
            }.Where(factor => factor.Value != 0),
        ];
}
