using System.Collections.Concurrent;
using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Parent;

/// <summary>
/// The program that started the gateway, at the other ends of standard input and output. It is told the URL and a token,
/// asked for credentials, and its closing of our input is a stop. Pipes have no name that others could open, and no
/// secret is in an argument, a variable or a file.
/// </summary>
internal sealed class ParentProgram(Stream input, Stream output) : IDisposable
{
    /// <summary>A person may have to unlock a vault first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<Credential?>> _asked = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private long _last;

    /// <summary>The first line: <c>{"url":…,"token":…}</c>.</summary>
    public Task GreetAsync(string url, string token) => WriteAsync(writer =>
    {
        writer.WriteString("url"u8, url);
        writer.WriteString("token"u8, token);
    });

    /// <summary>Asks for a credential: <c>{"ask":7,"connector":…,"scheme":…}</c>; null where the program keeps none.</summary>
    /// <exception cref="McpRuntimeException">It did not answer, or with an error.</exception>
    public async Task<Credential?> AskAsync(string connector, string scheme)
    {
        var id = Interlocked.Increment(ref _last);
        var asked = new TaskCompletionSource<Credential?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = asked;
        try
        {
            await WriteAsync(writer =>
            {
                writer.WriteNumber("ask"u8, id);
                writer.WriteString("connector"u8, connector);
                writer.WriteString("scheme"u8, scheme);
            });
            return await asked.Task.WaitAsync(Patience);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            throw new McpRuntimeException(
                $"The program that started the gateway did not say which credential '{scheme}' of '{connector}' is; is it still there? Start the gateway again.", exception);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <summary>Reads answers until the program closes our input, which is how it stops the gateway.</summary>
    public async Task ListenAsync(ILogger logger, CancellationToken stopping)
    {
        try
        {
            await new ParentLines(input).ReadAsync(line => Take(line, logger), stopping);
        }
        catch (InvalidDataException tooLong)
        {
            logger.LogError("The gateway stops: {Reason}", tooLong.Message);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // A broken pipe is a closed one.
        }
    }

    public void Dispose()
    {
        _writing.Dispose();
        input.Dispose();
        output.Dispose();
    }

    private void Take(ReadOnlySpan<byte> line, ILogger logger)
    {
        if (line.Trim(" \t"u8).IsEmpty)
            return;
        try
        {
            var (id, credential, error) = ParentAnswer.Read(line);
            if (!_asked.TryGetValue(id, out var asked))
                credential?.Dispose();
            else if (error is not null)
                asked.TrySetException(new McpRuntimeException(UntrustedText.Clean(error)));
            else if (!asked.TrySetResult(credential))
                credential?.Dispose();
        }
        catch (JsonException fault)
        {
            logger.LogWarning("A line of the program that started the gateway was not understood: {Fault}", fault.Message);
        }
    }

    private async Task WriteAsync(Action<Utf8JsonWriter> members)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        await _writing.WaitAsync();
        try
        {
            await output.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length));
            await output.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }
}
