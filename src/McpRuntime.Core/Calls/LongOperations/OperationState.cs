using System.Collections.Frozen;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Calls.LongOperations;

/// <summary>How far an operation is.</summary>
internal enum OperationProgress
{
    /// <summary>The answer says nothing about it.</summary>
    Unknown,
    Running,
    Succeeded,
    Failed,
}

/// <summary>What the body of a status monitor says: its word, and what that means.</summary>
/// <param name="Progress">How far the operation is.</param>
/// <param name="Word">The API's own word; null for none.</param>
internal readonly record struct OperationState(OperationProgress Progress, string? Word)
{
    private static readonly FrozenSet<string> Running = Set(
        "running inprogress in_progress in-progress pending queued accepted notstarted not_started processing started "
            + "creating updating deleting provisioning waiting scheduled submitted active validating working"
    );

    private static readonly FrozenSet<string> Succeeded = Set(
        "succeeded success successful completed complete done finished ready"
    );

    private static readonly FrozenSet<string> Failed = Set(
        "failed failure error errored canceled cancelled aborted rejected expired timedout timed_out"
    );

    /// <summary>The state; unknown for what is not JSON.</summary>
    public static OperationState Of(JsonText? json)
    {
        if (json is null)
            return default;
        try
        {
            using var document = JsonDocument.Parse(json.Utf8);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static OperationState Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return default;
        // google.longrunning.Operation: 'done', and then 'error' or 'response'.
        if (body.TryGetProperty("done"u8, out var done) && done.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return done.ValueKind == JsonValueKind.False ? new(OperationProgress.Running, "done: false")
                : HasError(body) ? new(OperationProgress.Failed, "error")
                : new(OperationProgress.Succeeded, "done");
        var word = Text(body, "status"u8)
            ?? Text(body, "state"u8)
            ?? (body.TryGetProperty("properties"u8, out var inner) ? Text(inner, "provisioningState"u8) : null);
        if (word is null)
            return default;
        var plain = word.ToLowerInvariant();
        return new OperationState(
            Running.Contains(plain) ? OperationProgress.Running
                : Failed.Contains(plain) ? OperationProgress.Failed
                : Succeeded.Contains(plain) ? OperationProgress.Succeeded
                : OperationProgress.Unknown,
            word
        );
    }

    private static bool HasError(JsonElement body) =>
        body.TryGetProperty("error"u8, out var error) && error.ValueKind == JsonValueKind.Object;

    private static string? Text(JsonElement body, ReadOnlySpan<byte> name) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
