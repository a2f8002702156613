namespace McpRuntime.Validation;

/// <summary>Rule ids of findings about the content of a manifest; <c>docs/rules.md</c> explains each.</summary>
public static class ValidationRules
{
    public const string ConnectorName = "connector-name";
}
