using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads <c>limits</c>.</summary>
internal static class LimitsReader
{
    private static readonly string[] Keys =
    [
        "timeout_seconds",
        "max_attempts",
        "retry_unsafe",
        "requests_per_minute",
        "max_concurrency",
        "max_response_bytes",
    ];

    public static CallLimits Read(ManifestFields fields, JsonElement value)
    {
        var limits = CallLimits.None;
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return limits;
        foreach (var property in value.EnumerateObject())
            limits = ReadMember(fields, limits, fields.At(property), property.Value);
        fields.Leave();
        return limits;
    }

    private static CallLimits ReadMember(ManifestFields fields, CallLimits limits, string name, JsonElement value)
    {
        switch (name)
        {
            case "timeout_seconds":
                return limits with { TimeoutSeconds = fields.Positive(value, CallLimits.LongestTimeoutSeconds) };
            case "max_attempts":
                return limits with { MaxAttempts = (int?)fields.Whole(value, 1, CallLimits.MostAttempts) };
            case "retry_unsafe":
                return limits with { RetryUnsafe = fields.Flag(value) };
            case "requests_per_minute":
                return limits with { RequestsPerMinute = (int?)fields.Whole(value, 1, int.MaxValue) };
            case "max_concurrency":
                return limits with { MaxConcurrency = (int?)fields.Whole(value, 1, int.MaxValue) };
            case "max_response_bytes":
                return limits with
                {
                    MaxResponseBytes = fields.Whole(value, CallLimits.LeastResponseBytes, long.MaxValue),
                };
            default:
                fields.Unknown(name, "'limits'", Keys);
                return limits;
        }
    }
}
