namespace McpRuntime.Configuration;

/// <summary>
/// What the front end in use calls the choices that messages of Core mention: a flag on the console, a parameter in
/// PowerShell, a field of the gateway's API. By default they are described in words. Null means that the front end does
/// not have the choice, and messages leave it out.
/// </summary>
public sealed record OptionNames
{
    public string? IncludePath { get; init; } = "the included paths";

    public string? ExcludePath { get; init; } = "the excluded paths";

    public string? IncludeTag { get; init; } = "the included tags";

    public string? ExcludeTag { get; init; } = "the excluded tags";

    public string? IncludeOperation { get; init; } = "the included operationIds";

    public string? Method { get; init; } = "the chosen methods";

    public string? ReadOnly { get; init; } = "only operations that read";

    public string? SkipDeprecated { get; init; } = "no deprecated operations";

    public string? MaxTools { get; init; } = "the maximum number of tools";

    public string? BaseUrl { get; init; } = "a base URL";

    /// <summary>
    /// Approves the document's private and loopback servers; where it is null, naming a base URL approves none either.
    /// </summary>
    public string? AllowPrivate { get; init; } = "private servers allowed";

    public string? AllowExternal { get; init; } = "external references allowed";

    /// <summary>Replaces an existing manifest.</summary>
    public string? Overwrite { get; init; } = "overwriting";

    /// <summary>Serves a part of the tools.</summary>
    public string? ServedTools { get; init; } = "a filter of the server";

    /// <summary>Those that the front end has, as <c>a, b or c</c>; empty where it has none.</summary>
    internal static string Any(params ReadOnlySpan<string?> names)
    {
        List<string> known = [];
        foreach (var name in names)
        {
            if (name is not null)
                known.Add(name);
        }
        return known.Count < 2 ? string.Concat(known) : $"{string.Join(", ", known[..^1])} or {known[^1]}";
    }
}
