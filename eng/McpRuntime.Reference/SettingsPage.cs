namespace McpRuntime.Reference;

/// <summary><c>docs/reference/settings.md</c>: the settings that the readers of the front ends know.</summary>
internal static class SettingsPage
{
    private const string Intro =
        "Each setting is an environment variable. Command-line options and parameters take precedence, then the "
        + "variable, the manifest where it has the same choice, and the default. An empty variable counts as not set. "
        + "A value that cannot be used is an error at the start, which names all such variables. Text that names "
        + "another setting leaves out `MCP_RUNTIME_`. [.env.example](../../.env.example) has all of them as a file.";

    private const string Shared =
        "Servers that the module starts (`Start-McpRuntime`) inherit its environment and read all of these.";

    public static Page Make() =>
        Page.Reference(
            "settings.md",
            "Settings",
            Intro,
            "## Console, module and gateway",
            Shared,
            Table(SettingGroups.Shared),
            "## Gateway",
            Table(SettingGroups.Gateway)
        );

    private static string Table(IReadOnlyList<SettingInfo> settings) =>
        Markdown.Table(["setting", "meaning", "values", "default", "read by"], settings.Select(Row));

    private static string[] Row(SettingInfo setting) =>
        [
            $"<a id=\"{setting.Variable.ToLowerInvariant()}\"></a>{Markdown.Code(setting.Variable)}",
            CommentText.Markdown(setting.Text),
            Markdown.Escape(setting.Values ?? SettingReading.Allowed(setting.Variable) ?? "text"),
            setting.Otherwise is { } words ? Markdown.Escape(words)
            : setting.Default is { } value ? Markdown.Code(value)
            : "none",
            setting.By,
        ];
}
