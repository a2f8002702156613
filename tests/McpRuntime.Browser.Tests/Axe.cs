using McpRuntime.Testing;
using Microsoft.Playwright;

namespace McpRuntime.Browser.Tests;

/// <summary>The rules of axe-core (WCAG 2 A and AA, and good practice) on what is shown.</summary>
internal static class Axe
{
    private static readonly string Script = RepositoryRoot.PathOf(
        "src",
        "McpRuntime.Http",
        "Page",
        "app",
        "node_modules",
        "axe-core",
        "axe.min.js"
    );

    /// <summary>Brings the rules into every page of the context; the test is skipped where they are not installed.</summary>
    public static async Task AddAsync(IBrowserContext context)
    {
        Assert.SkipUnless(
            File.Exists(Script),
            "axe-core is not installed: run npm ci --ignore-scripts in src/McpRuntime.Http/Page/app."
        );
        await context.AddInitScriptAsync(scriptPath: Script);
    }

    /// <summary>Each violation with the first elements that have it.</summary>
    public static Task<string[]> FindAsync(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run()).violations.map((violation) =>
                `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`)
            """
        );
}
