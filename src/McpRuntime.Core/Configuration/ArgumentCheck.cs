namespace McpRuntime.Configuration;

/// <summary>
/// How the arguments of a call are checked against the tool's input schema before the request is sent.
/// </summary>
public enum ArgumentCheck
{
    /// <summary>
    /// Refuses what cannot be right: unknown or missing arguments, values of a JSON type that cannot be converted, and
    /// in paths and headers also what does not match pattern or enum. Everything else that the schema says is sent, and
    /// added to the error where the API answers 400 or 422.
    /// </summary>
    Standard,

    /// <summary>Refuses every value that does not fit the input schema.</summary>
    Strict,
}
