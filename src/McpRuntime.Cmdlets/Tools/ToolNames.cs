using McpRuntime.Cmdlets.Shell;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// Finds the tool that a name means, whatever its case; the exact name wins where several differ only in case.
/// </summary>
internal static class ToolNames
{
    private const int MaxShown = 10;

    /// <exception cref="ToolNotFoundException">It means none, or several.</exception>
    public static ServedTool Find(ConnectorSnapshot snapshot, string folder, string name) =>
        snapshot.Tools.Resolve(name, ignoreCase: true) switch
        {
            ToolResolution.Found found => found.Tool,
            ToolResolution.Ambiguous ambiguous => throw Ambiguous(name, ambiguous.Choices),
            ToolResolution.Unknown { Nearest: var nearest } => throw Unknown(snapshot, folder, name, nearest),
            var other => throw new InvalidOperationException($"Unexpected resolution {other}."),
        };

    /// <exception cref="ToolNotFoundException">It means none, or several.</exception>
    public static McpTool Find(IReadOnlyList<McpTool> tools, string server, string name)
    {
        if (tools.FirstOrDefault(tool => tool.Name == name) is { } exact)
            return exact;
        var found = tools.Where(tool => tool.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count > 1)
            throw Ambiguous(name, [.. found.Select(tool => tool.Name)]);
        if (found.Count == 1)
            return found[0];
        var nearest = NearNames.Find(name, tools.Select(tool => tool.Name), most: 3);
        var has =
            nearest.Count > 0 ? $"Did you mean {Listed(nearest, " or ")}?"
            : tools.Count == 0 ? "It has none."
            : $"It has: {Listed([.. tools.Select(tool => tool.Name)], ", ")}.";
        throw new ToolNotFoundException(
            name,
            $"The server '{UntrustedText.ForTerminal(server)}' has no tool '{UntrustedText.ForTerminal(name)}'. {has}",
            "Get-McpTool with -Runtime or -Server lists the tools of a server."
        );
    }

    private static ToolNotFoundException Ambiguous(string name, IReadOnlyList<string> choices) =>
        new(
            name,
            $"'{UntrustedText.ForTerminal(name)}' is the name of several tools: {Listed(choices, ", ")}.",
            "Name one of them in full.",
            ErrorId.ToolAmbiguous
        );

    // A manifest that cannot be read may be why a tool is not there.
    private static ToolNotFoundException Unknown(
        ConnectorSnapshot snapshot,
        string folder,
        string name,
        IReadOnlyList<string> nearest
    )
    {
        var unread = snapshot.Findings.Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        var text = $"There is no tool '{UntrustedText.ForTerminal(name)}' in '{folder}'.";
        if (nearest.Count > 0)
            text += $" Did you mean {Listed(nearest, " or ")}?";
        if (unread.Count == 0)
            return new ToolNotFoundException(name, text, "Get-McpTool lists the tools.");
        text += $" {Files(unread)} cannot be read: {UntrustedText.ForTerminal(unread[0].ToString())}";
        return new ToolNotFoundException(
            name,
            text,
            $"Test-McpManifest -LiteralPath '{unread[0].Source}' reports everything that is wrong with a manifest.",
            nearest.Count > 0 ? ErrorId.ToolNotFound : ErrorId.ManifestInvalid
        );
    }

    private static string Files(List<Finding> findings)
    {
        var files = findings
            .Select(finding => finding.Source)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Count();
        return files == 1 ? "A manifest" : CountText.Of(files, "manifest");
    }

    private static string Listed(IReadOnlyList<string> names, string separator) =>
        UntrustedText.ForTerminal(string.Join(separator, names.Take(MaxShown))) + (names.Count > MaxShown ? ", …" : "");
}
