using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The console of the archive for this platform, unpacked once for the tests of a class.</summary>
public sealed class UnpackedConsole : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _path;

    public UnpackedConsole() => _path = new(() => ReleaseArchive.Unpack("mcp-runtime", _folder.Path));

    /// <summary>The folder to put on a PATH.</summary>
    public string Path => _path.Value;

    public void Dispose() => _folder.Dispose();
}
