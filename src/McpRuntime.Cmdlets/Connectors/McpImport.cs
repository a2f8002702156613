using McpRuntime.Cmdlets.Tools;
using McpRuntime.Diagnostics;
using McpRuntime.Import;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>A connector that was imported, and what the import left out.</summary>
public sealed class McpImport : McpConnector
{
    internal McpImport(PreparedImport import, string folder, IReadOnlyList<McpTool> tools, ModulePlan? module)
        : base(import.Result.Manifest!, import.Path, folder, tools)
    {
        Skipped =
        [
            .. import.Result.Skipped.Select(skipped => new McpSkippedOperation(
                UntrustedText.ForTerminal(skipped.Method),
                UntrustedText.ForTerminal(skipped.Path),
                UntrustedText.ForTerminal(skipped.Reason)
            )),
        ];
        Findings = [.. import.Result.Findings.Select(finding => new McpFinding(finding))];
        Kept = [.. import.Kept.Select(kept => UntrustedText.ForTerminal($"{kept.Endpoint}: {kept.What}"))];
        Pagination = [.. import.Result.Pagination.Select(style => $"{style.Key}: {style.Value}")];
        EstimatedTokens = import.Result.EstimatedTokens;
        ExamplesTried = import.Result.Examples.Tried;
        ExamplesMismatched = import.Result.Examples.Mismatched;
        Module = module?.Folder.Manifest;
        Commands = [.. module?.Commands ?? []];
    }

    /// <summary>Operations that did not become tools, and why.</summary>
    public McpSkippedOperation[] Skipped { get; }

    /// <summary>What was found in the document.</summary>
    public McpFinding[] Findings { get; }

    /// <summary>What was kept of the manifest that was there before.</summary>
    public string[] Kept { get; }

    /// <summary>How many tools have pages, for each style of asking for them, such as <c>cursor: 12</c>.</summary>
    public string[] Pagination { get; }

    /// <summary>About how many tokens of a language model the list of tools takes.</summary>
    public int EstimatedTokens { get; }

    /// <summary>How many request examples of the document were tried on the tools.</summary>
    public int ExamplesTried { get; }

    /// <summary>How many of them did not fit; the findings <c>example-mismatch</c> say why.</summary>
    public int ExamplesMismatched { get; }

    /// <summary>The file of the module of commands; null without -Prefix.</summary>
    public string? Module { get; }

    /// <summary>The commands of that module.</summary>
    public string[] Commands { get; }
}

/// <summary>An operation that did not become a tool.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path template.</param>
/// <param name="Reason">Why.</param>
public sealed record McpSkippedOperation(string Method, string Path, string Reason);
