using System.Diagnostics;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>The real <c>mcp-runtime serve</c>, spoken to in raw lines.</summary>
internal sealed class ServeSession : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    public ServeSession(McpRuntimeProcess runtime, params IEnumerable<string> arguments)
    {
        _process = runtime.Start(["serve", .. arguments]);
        _error = _process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public int Id => _process.Id;

    /// <summary>All that was logged; complete when the process has ended.</summary>
    public Task<string> ErrorAsync() => _error.WaitAsync(ProcessRunner.HangGuard, Cancelled);

    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteAsync((line + "\n").AsMemory(), Cancelled);
        await _process.StandardInput.FlushAsync(Cancelled);
    }

    public async Task<JsonElement> AskAsync(string line)
    {
        await SendAsync(line);
        return await ReceiveAsync();
    }

    public async Task<JsonElement> ReceiveAsync()
    {
        var line = await _process
            .StandardOutput.ReadLineAsync(Cancelled)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, Cancelled);
        return line is null ? throw new EndOfStreamException(await ErrorAsync()) : JsonElement.Parse(line);
    }

    public Task<JsonElement> InitializeAsync(string id = "0") =>
        AskAsync(
            $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }"""
        );

    public async Task<string[]> ListNamesAsync()
    {
        var answer = await AskAsync("""{"jsonrpc":"2.0","id":"list","method":"tools/list"}""");
        return
        [
            .. answer
                .GetProperty("result")
                .GetProperty("tools")
                .EnumerateArray()
                .Select(tool => tool.GetProperty("name").GetString()!),
        ];
    }

    /// <summary>
    /// Closes standard input and returns the exit code, and what was still written to standard output.
    /// </summary>
    public async Task<(int ExitCode, string Remaining)> EndAsync()
    {
        _process.StandardInput.Close();
        return await EndedAsync();
    }

    public async Task<(int ExitCode, string Remaining)> EndedAsync()
    {
        var rest = await _process
            .StandardOutput.ReadToEndAsync(Cancelled)
            .WaitAsync(ProcessRunner.HangGuard, Cancelled);
        await _process.WaitForExitAsync(Cancelled).WaitAsync(ProcessRunner.HangGuard, Cancelled);
        return (_process.ExitCode, rest);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
