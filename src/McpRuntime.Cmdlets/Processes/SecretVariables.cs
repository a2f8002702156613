namespace McpRuntime.Cmdlets.Processes;

/// <summary>Environment variables that no process inherits from this one.</summary>
internal static class SecretVariables
{
    public const string JwtSecretKey = "MCP_RUNTIME_JWT_SECRET_KEY";

    private const string CredentialsFolder = "MCP_RUNTIME_CREDENTIALS_DIR";
    private const string Credentials = "MCP_RUNTIME_CREDENTIAL";
    private const string Store = "MCP_RUNTIME_CREDENTIAL_STORE";

    /// <summary>Names of those that this process has.</summary>
    public static IReadOnlyList<string> Names() =>
        [
            .. Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Where(name => IsSecret(name) && name != CredentialsFolder)
                .Order(StringComparer.Ordinal),
        ];

    public static void Remove(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsSecret).ToList())
            environment.Remove(name);
    }

    private static bool IsSecret(string name) =>
        (
            name.StartsWith(Credentials, StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith(Store, StringComparison.OrdinalIgnoreCase)
        ) || name.Equals(JwtSecretKey, StringComparison.OrdinalIgnoreCase);
}
