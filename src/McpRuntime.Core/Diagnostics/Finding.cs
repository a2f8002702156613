namespace McpRuntime.Diagnostics;

/// <summary>How much a <see cref="Finding"/> weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing needs to change.</summary>
    Information,

    /// <summary>Works, but not as well as it could or not everywhere.</summary>
    Warning,

    /// <summary>The thing cannot be used as it is.</summary>
    Error,
}

/// <summary>
/// One thing that was found in a document or a manifest. Everything is checked before anything is reported, so
/// findings come in lists, in the order of their place.
/// </summary>
/// <param name="RuleId">Stable kebab-case identifier of the rule, e.g. <c>duplicate-tool-name</c>.</param>
/// <param name="Severity">The weight.</param>
/// <param name="Message">One sentence or two that name the thing, the value and what to do.</param>
public sealed record Finding(string RuleId, FindingSeverity Severity, string Message)
{
    /// <summary>JSON pointer (RFC 6901) into the document; empty for the document as a whole.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>
    /// What it is about by its names, which stay when the text around it moves; null where the pointer has to do.
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>The file or URL that holds the place, as the person named it; null for text without a name.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Line in <see cref="Source"/>, counted from 1; null when the finding has no location in a text.
    /// </summary>
    public int? Line { get; init; }

    /// <summary>Column in <see cref="Source"/>, counted from 1 in UTF-16 code units.</summary>
    public int? Column { get; init; }

    /// <summary>
    /// <c>file:line:column: severity rule-id: message (at pointer)</c>, the form that editors make clickable.
    /// </summary>
    public override string ToString()
    {
        var place = Line is null ? Source : $"{Source ?? "input"}:{Line}:{Column ?? 1}";
        var severity = Severity.ToString().ToLowerInvariant();
        var at = Pointer.Length == 0 ? "" : $" (at {Pointer})";
        return place is null ? $"{severity} {RuleId}: {Message}{at}" : $"{place}: {severity} {RuleId}: {Message}{at}";
    }
}
