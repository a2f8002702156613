namespace McpRuntime.Calls.Recording;

/// <summary>How a call ended, in the words of audit, log, metrics and live view.</summary>
public static class CallOutcome
{
    /// <summary>The API answered with success.</summary>
    public const string Ok = "ok";

    /// <summary>The answer is an error, of the API or of the call itself.</summary>
    public const string Error = "error";

    /// <summary>The caller gave it up.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The caller may not call the tool.</summary>
    public const string Refused = "refused";
}
