namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>Name of the module of a connector, which the names of its types begin with.</summary>
internal static class ModuleName
{
    private const string Root = "McpRuntime";

    /// <summary><c>github</c> is McpRuntime.Github, <c>@team/pet-store</c> McpRuntime.Team.PetStore.</summary>
    /// <param name="connector">A connector, or a server, whose name may be any text.</param>
    public static string Of(string connector) =>
        string.Join(
            '.',
            connector.TrimStart('@').Split('/').Select(Pascal).Where(part => part.Length > 0).Prepend(Root)
        );

    private static string Pascal(string text)
    {
        var words = text.Split(
            [.. text.Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct()],
            StringSplitOptions.RemoveEmptyEntries
        );
        return string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
