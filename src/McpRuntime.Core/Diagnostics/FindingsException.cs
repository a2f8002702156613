namespace McpRuntime.Diagnostics;

/// <summary>Nothing could be made of the input; <see cref="Findings"/> says why, all reasons at once.</summary>
public sealed class FindingsException : McpRuntimeException
{
    public FindingsException(IReadOnlyList<Finding> findings)
        : base(string.Join(Environment.NewLine, findings))
    {
        Findings = findings;
    }

    /// <summary>What was found; at least one is an error.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
