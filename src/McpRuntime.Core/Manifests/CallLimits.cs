namespace McpRuntime.Manifests;

/// <summary>Bounds of a call; null takes the value of the next wider level (tool, connector, setting).</summary>
public sealed record CallLimits
{
    public const double LongestTimeoutSeconds = 3600;

    public const int MostAttempts = 10;

    public const long LeastResponseBytes = 1024;

    public static CallLimits None { get; } = new();

    /// <summary>Seconds for the whole call, retries and waiting included; above 0, up to 3600.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>1 to 10; 1 never repeats.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>
    /// True: calls whose method does not promise it may be repeated too (POST, PATCH). The API must recognise a
    /// repeated one, e.g. by a key that the arguments carry.
    /// </summary>
    public bool? RetryUnsafe { get; init; }

    /// <summary>Calls a minute; 1 or more.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Calls at a time; 1 or more.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Bytes of an answer that are read, after decompression; 1024 or more.</summary>
    public long? MaxResponseBytes { get; init; }
}
