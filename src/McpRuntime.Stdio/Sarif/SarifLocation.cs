using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Sarif;

/// <summary>Where a finding is, as code scanning wants it: files below the working folder by relative URIs.</summary>
internal static class SarifLocation
{
    /// <summary>The base that files below the working folder are relative to (SARIF 2.1.0 section 3.14.14).</summary>
    private const string Root = "%SRCROOT%";

    /// <summary>The URI of a file or of what is a URL already; relative where it is below a folder.</summary>
    public static (string Uri, bool IsRelative) UriOf(string source, string folder)
    {
        if (source.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(source, UriKind.Absolute, out var url))
            return (url.AbsoluteUri, false);
        var path = Path.GetFullPath(source, folder);
        var relative = Path.GetRelativePath(folder, path);
        if (Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith($"..{Path.DirectorySeparatorChar}"))
            return (new Uri(path).AbsoluteUri, false);
        var segments = relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return (string.Join('/', segments.Select(Uri.EscapeDataString)), true);
    }

    public static void Write(Utf8JsonWriter writer, Finding finding, string folder)
    {
        writer.WriteStartArray("locations"u8);
        writer.WriteStartObject();
        if (finding.Source is { Length: > 0 } source)
        {
            var (uri, isRelative) = UriOf(source, folder);
            writer.WriteStartObject("physicalLocation"u8);
            writer.WriteStartObject("artifactLocation"u8);
            writer.WriteString("uri"u8, uri);
            if (isRelative)
                writer.WriteString("uriBaseId"u8, Root);
            writer.WriteEndObject();
            writer.WriteStartObject("region"u8);
            writer.WriteNumber("startLine"u8, finding.Line ?? 1);
            writer.WriteNumber("startColumn"u8, finding.Column ?? 1);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        if (finding.Subject is { } subject)
        {
            writer.WriteStartArray("logicalLocations"u8);
            writer.WriteStartObject();
            writer.WriteString("fullyQualifiedName"u8, subject);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
