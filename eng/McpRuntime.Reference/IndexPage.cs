namespace McpRuntime.Reference;

/// <summary><c>docs/reference/README.md</c>: what the other pages have.</summary>
internal static class IndexPage
{
    public static Page Make() =>
        Page.Reference(
            "README.md",
            "Reference",
            Markdown.Table(
                ["page", "content"],
                [
                    ["[Console](console.md)", "Commands and options of `mcp-runtime` and `mcp-runtime-http`."],
                    ["[Cmdlets](cmdlets.md)", "Commands of the PowerShell module."],
                    ["[Manifest](manifest.md)", "Keys of a connector manifest."],
                    ["[Settings](settings.md)", "Environment variables."],
                    ["[Rules](rules.md)", "Every finding of import, validation and the lock."],
                    [
                        "[The gateway's API](gateway-api.md)",
                        "Operations of the gateway, and the rights that they need.",
                    ],
                ]
            )
        );
}
