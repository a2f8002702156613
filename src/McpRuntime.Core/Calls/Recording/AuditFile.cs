using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Calls.Recording;

/// <summary>
/// The audit as a file of JSON Lines. Lines are appended in the background, those of a twentieth of a second at a time;
/// the file is opened for each time, so that several processes can share one and a rotated one is let go.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    private const int MostBytesAtATime = 1024 * 1024;
    private const int Tries = 100;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Channel<ReadOnlyMemory<byte>> _lines = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private readonly CancellationTokenSource _closing = new();
    private readonly Task _writing;

    /// <param name="path"><see cref="Configuration.RuntimeSettings.AuditFile"/>.</param>
    /// <param name="logger">Is told when lines cannot be written.</param>
    public AuditFile(string path, ILogger logger)
    {
        _path = path;
        _logger = logger;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes a line and does not wait for it to be written.</summary>
    public void Add(ReadOnlyMemory<byte> line) => _lines.Writer.TryWrite(line);

    /// <summary>Returns when every line is written, or was given up.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _closing.Cancel();
        _writing.GetAwaiter().GetResult();
        _closing.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new ArrayBufferWriter<byte>();
        while (await _lines.Reader.WaitToReadAsync())
        {
            await Task.Delay(Gathering, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            batch.ResetWrittenCount();
            while (batch.WrittenCount < MostBytesAtATime && _lines.Reader.TryRead(out var line))
                batch.Write(line.Span);
            await AppendAsync(batch.WrittenMemory);
        }
    }

    private async Task AppendAsync(ReadOnlyMemory<byte> lines)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var file = Open();
                await file.WriteAsync(lines);
                return;
            }
            // Another process may be writing.
            catch (IOException) when (attempt < Tries && Directory.Exists(Path.GetDirectoryName(_path)))
            {
                await Task.Delay(BetweenTries);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _logger.LogError(
                    "The audit '{Path}' cannot be written, and {Bytes} bytes of it are lost: {Reason} "
                        + "Correct MCP_RUNTIME_AUDIT_FILE or the folder's permissions.",
                    _path,
                    lines.Length,
                    error.Message
                );
                return;
            }
        }
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            // Elsewhere the lock is advisory, and readers that follow the file are not kept out.
            Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(_path, options);
    }
}
