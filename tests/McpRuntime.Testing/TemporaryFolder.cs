using System.Text;

namespace McpRuntime.Testing;

/// <summary>A separate folder for one test; gone with everything in it when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    // All folders of a test run are in one, so that its end removes what a process wrote after its test had cleaned up.
    private static readonly string Run = CreateRun();
    private static int _count;

    public string Path { get; } =
        Directory.CreateDirectory(System.IO.Path.Combine(Run, $"{Interlocked.Increment(ref _count)}")).FullName;

    /// <summary>The full path of a name below the folder; nothing is created.</summary>
    public string PathOf(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Writes a file, its folders included, and returns its full path.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(name.Split('/'));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Every file below the folder, as relative paths with <c>/</c>, sorted.</summary>
    public IReadOnlyList<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(Path, "*", SearchOption.AllDirectories)
                .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The test removed it itself, or a process still writes into it; the end of the test run removes the rest.
        }
    }

    private static string CreateRun()
    {
        var folder = Directory.CreateTempSubdirectory("mcp-runtime-test-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A file that is still in use stays for the system to remove.
            }
        };
        return folder;
    }
}
