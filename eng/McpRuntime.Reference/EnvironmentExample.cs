using System.Text;

namespace McpRuntime.Reference;

/// <summary><c>.env.example</c>: every setting with its description, commented out at its default.</summary>
internal static class EnvironmentExample
{
    private const int Width = 120;

    private const string Intro =
        "Settings of McpRuntime. Each is an environment variable. Command-line options take precedence; commented "
        + "values are the defaults. Wrong values are reported at start. This file is not read automatically: load it "
        + "with your shell, your service manager or your container. Made from the sources by "
        + $"'{Page.Command}'; docs/reference/settings.md is the same as a table.";

    public static Page Make()
    {
        var text = new StringBuilder();
        Comment(text, Intro);
        foreach (var setting in SettingGroups.Shared)
            Write(text, setting);
        text.Append("\n# --- The gateway (mcp-runtime-http) only ---\n");
        foreach (var setting in SettingGroups.Gateway)
            Write(text, setting);
        return new Page(".env.example", text.ToString());
    }

    private static void Write(StringBuilder text, SettingInfo setting)
    {
        var values = setting.Values ?? SettingReading.Allowed(setting.Variable) ?? "text";
        text.Append('\n');
        Comment(text, CommentText.Plain(setting.Text));
        Comment(text, $"Value: {values}. Default: {setting.Otherwise ?? setting.Default ?? "none"}.");
        text.Append('#').Append(setting.Variable).Append('=').Append(setting.Default).Append('\n');
    }

    private static void Comment(StringBuilder text, string words)
    {
        var column = 0;
        foreach (var word in words.Split(' '))
        {
            var starts = column == 0 || column + 1 + word.Length > Width;
            if (column > 0 && starts)
                text.Append('\n');
            text.Append(starts ? "# " : " ").Append(word);
            column = starts ? 2 + word.Length : column + 1 + word.Length;
        }
        text.Append('\n');
    }
}
