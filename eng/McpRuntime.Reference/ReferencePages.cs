namespace McpRuntime.Reference;

/// <summary>Everything that is made from the sources.</summary>
internal static class ReferencePages
{
    /// <exception cref="InvalidOperationException">A comment that a page needs is missing.</exception>
    public static IReadOnlyList<Page> Make() =>
        [
            IndexPage.Make(),
            RulesPage.Make(),
            SettingsPage.Make(),
            EnvironmentExample.Make(),
            ConsolePage.Make(),
            .. CmdletPages.Make(),
        ];
}
