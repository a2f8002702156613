namespace McpRuntime.OpenApi.Operations;

/// <summary>Keys of the Responses Object.</summary>
internal static class ResponseStatus
{
    internal const string Default = "DEFAULT";

    /// <summary>A 2xx code, the range <c>2XX</c>, or the default, which may be one.</summary>
    /// <param name="status">Upper case.</param>
    internal static bool IsSuccess(string status) => status == Default || (status.Length == 3 && status[0] == '2');
}
