namespace McpRuntime.Calls.Recording;

/// <summary>
/// Is told of each call when it starts and when it has ended, within the call: it only counts or queues, and throws
/// nothing.
/// </summary>
public interface ICallSink
{
    /// <summary>The call starts; the record says what is called, and by whom.</summary>
    void Started(CallRecord record);

    /// <summary>The call has ended; the record is complete.</summary>
    void Ended(CallRecord record);
}
