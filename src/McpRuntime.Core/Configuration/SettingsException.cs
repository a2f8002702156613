namespace McpRuntime.Configuration;

/// <summary>
/// One or more settings have values that cannot be used; the message names each with what is allowed.
/// </summary>
public sealed class SettingsException : McpRuntimeException
{
    public SettingsException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Problems = problems;
    }

    /// <summary>One sentence a setting.</summary>
    public IReadOnlyList<string> Problems { get; }
}
