using McpRuntime.Connectors;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Connectors;

/// <summary>Files of the connectors folder that are not served, and what is wrong with each.</summary>
internal static class BrokenManifests
{
    /// <param name="snapshot">What the folder holds.</param>
    /// <param name="folder">Full path of the folder.</param>
    public static IReadOnlyList<BrokenManifest> Of(ConnectorSnapshot snapshot, string folder)
    {
        var served = snapshot.Connectors.Select(connector => connector.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. snapshot
                .Findings.Where(finding =>
                    finding is { Severity: FindingSeverity.Error, Source: not null } && !served.Contains(finding.Source)
                )
                .GroupBy(
                    finding => Path.GetRelativePath(folder, finding.Source!).Replace('\\', '/'),
                    StringComparer.Ordinal
                )
                .Select(file => new BrokenManifest(file.Key, [.. file])
                {
                    Refused = snapshot.Refused.FirstOrDefault(refused => refused.Path == file.First().Source),
                }),
        ];
    }

    /// <summary>The first of some findings, and how many more there are.</summary>
    public static string Summary(IReadOnlyList<Finding> findings)
    {
        var errors = findings.Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        if (errors.Count == 0)
            return "it cannot be read.";
        var place = errors[0].Line is { } line ? $"line {line}: " : "";
        return UntrustedText.Clean(errors[0].Message) is var message && errors.Count > 1
            ? $"{place}{message} ({CountText.Of(errors.Count - 1, "more error")})"
            : place + message;
    }
}

/// <param name="File">Relative to the folder, with '/'.</param>
/// <param name="Findings">At least one error.</param>
internal sealed record BrokenManifest(string File, IReadOnlyList<Finding> Findings)
{
    /// <summary>What a lock refuses of it; null where the manifest itself is not valid.</summary>
    public RefusedConnector? Refused { get; init; }

    /// <summary>Why it is not served, in words.</summary>
    public string Why =>
        (Refused is null ? "not served, the manifest is not valid: " : "not served, it is not what was reviewed: ")
        + BrokenManifests.Summary(Findings);

    /// <summary>Its connector, or what that would be called by the file; the name within may be unreadable.</summary>
    public string Name => Refused?.Name ?? NameOfFile;

    private string NameOfFile => File.LastIndexOf('.') is var dot and > 0 ? File[..dot] : File;
}
