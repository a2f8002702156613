using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace McpRuntime.Release.Tests;

/// <summary>The archive of a program for this platform.</summary>
internal static class ReleaseArchive
{
    /// <summary>Its path.</summary>
    public static string Of(string command) =>
        ReleaseOutput.Find("archives", $"{command}-VERSION-{RuntimeInformation.RuntimeIdentifier}.*").Single();

    /// <summary>Unpacks it into a folder, and returns the program's folder there.</summary>
    public static string Unpack(string command, string folder)
    {
        var archive = Of(command);
        if (archive.EndsWith(".zip", StringComparison.Ordinal))
            ZipFile.ExtractToDirectory(archive, folder);
        else
        {
            using var gzip = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            TarFile.ExtractToDirectory(gzip, folder, overwriteFiles: false);
        }
        return Path.Combine(folder, $"{command}-{ReleaseOutput.Version}-{RuntimeInformation.RuntimeIdentifier}");
    }
}
