using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>How much a finding weighs.</summary>
public enum McpFindingSeverity
{
    Information,
    Warning,
    Error,
}

/// <summary>One thing that was found in a manifest or a document.</summary>
public sealed class McpFinding
{
    internal McpFinding(Finding finding)
    {
        RuleId = finding.RuleId;
        Severity = (McpFindingSeverity)finding.Severity;
        Message = UntrustedText.ForTerminal(finding.Message);
        Path = finding.Source;
        Line = finding.Line;
        Column = finding.Column;
        Pointer = UntrustedText.ForTerminal(finding.Pointer);
    }

    /// <summary>Stable name of the rule.</summary>
    public string RuleId { get; }

    public McpFindingSeverity Severity { get; }

    /// <summary>What is wrong, and what to do.</summary>
    public string Message { get; }

    /// <summary>The file or URL.</summary>
    public string? Path { get; }

    /// <summary>Counted from 1.</summary>
    public int? Line { get; }

    /// <summary>Counted from 1.</summary>
    public int? Column { get; }

    /// <summary>JSON pointer to the place.</summary>
    public string Pointer { get; }

    /// <summary><c>file:line:column: severity rule: message</c>.</summary>
    public override string ToString()
    {
        var place = Line is null ? Path : $"{Path ?? "input"}:{Line}:{Column ?? 1}";
        return $"{(place is null ? "" : place + ": ")}{Severity.ToString().ToLowerInvariant()} {RuleId}: {Message}";
    }
}
