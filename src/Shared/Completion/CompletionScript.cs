namespace McpRuntime.ShellCompletion;

/// <summary>The scripts that make a shell ask this program what may come next.</summary>
internal static class CompletionScript
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <param name="program">The name of this program, as on the PATH.</param>
    public static string For(string shell, string program)
    {
        using var stream = typeof(CompletionScript).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .ReplaceLineEndings("\n")
            .Replace("{program}", program, StringComparison.Ordinal)
            .Replace("{function}", program.Replace('-', '_'), StringComparison.Ordinal);
    }
}
