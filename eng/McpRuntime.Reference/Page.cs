namespace McpRuntime.Reference;

/// <summary>A file that is made from the sources.</summary>
/// <param name="Path">From the root of the repository, with <c>/</c>.</param>
/// <param name="Text">Its whole content, with line feeds.</param>
internal sealed record Page(string Path, string Text)
{
    /// <summary>What makes all pages anew.</summary>
    public const string Command = "dotnet run --project eng/McpRuntime.Reference";

    private const string Folder = "docs/reference/";

    /// <summary>A page of <c>docs/reference</c> with its heading and a line that says how it is made.</summary>
    public static Page Reference(string name, string title, params IEnumerable<string> blocks) =>
        new(
            Folder + name,
            string.Join("\n\n", [$"# {title}", $"Made from the sources by `{Command}`. Do not edit.", .. blocks]) + "\n"
        );
}
