namespace McpRuntime.Calls.Recording;

/// <summary>
/// Is told what one call does, while it does it. Every text has the secrets of the call masked. Methods are called on
/// threads of the call, one at a time; they only queue, and throw nothing.
/// </summary>
public interface ICallObserver
{
    /// <summary>Header fields and bodies are wanted too.</summary>
    bool WantsContent { get; }

    /// <summary>A request is about to go out.</summary>
    void Sending(SentRequest request);

    /// <summary>It was answered, or failed.</summary>
    void Answered(SentRequest request, ReceivedResponse response);

    /// <summary>The call waits before it goes on.</summary>
    void Waiting(CallWait wait);
}
