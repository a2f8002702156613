using System.Text;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Commands.Help;

/// <summary>The text of <c>Get-Help about_McpRuntime.Github</c>: what there is, and what can be done to it.</summary>
internal static class AboutTopic
{
    private const int Width = 76;

    /// <param name="module">The module's name.</param>
    /// <param name="connector">The connector's name.</param>
    /// <param name="title">The API's title, cleaned; null where it has none.</param>
    /// <param name="commands">The commands.</param>
    public static string Of(string module, string connector, string? title, IReadOnlyList<CommandModel> commands)
    {
        var text = new StringBuilder();
        // A command of the resource with the most.
        var example = commands
            .GroupBy(command => command.Noun, StringComparer.OrdinalIgnoreCase)
            .MaxBy(group => group.Count())!
            .First();
        Line("TOPIC", $"about_{module}");
        Line("SHORT DESCRIPTION", $"Commands of the connector {connector}.");
        Line(
            "LONG DESCRIPTION",
            title is { Length: > 0 } ? UntrustedText.Shorten(title, 200) : $"The API of the connector {connector}.",
            $"The module {module} has {CountText.Of(commands.Count, "command")}, which McpRuntime made of the "
                + "connector's tools. "
                + "about_McpCommands explains their parameters, pipeline and output; credentials are the connector's, "
                + "see about_McpCredentials."
        );
        text.Append("RESOURCES\n");
        foreach (
            var noun in commands
                .GroupBy(command => command.Noun, StringComparer.OrdinalIgnoreCase)
                .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
        )
        {
            var verbs = string.Join(", ", noun.Select(command => command.Verb).Order(StringComparer.Ordinal));
            text.Append(Wrapped($"{noun.Key}: {verbs}", indent: 8));
        }
        text.Append('\n');
        Line("EXAMPLES", $"Get-Command -Module {module} -Noun {example.Noun}", $"Get-Help {example.Name} -Full");
        Line("SEE ALSO", "about_McpCommands", "about_McpConnectors", "about_McpCredentials");
        return text.ToString();

        void Line(string head, params string[] lines)
        {
            text.Append(head).Append('\n');
            foreach (var line in lines)
                text.Append(Wrapped(line, indent: 4));
            text.Append('\n');
        }
    }

    // Further lines of an entry are indented more than its first.
    private static string Wrapped(string line, int indent)
    {
        var text = new StringBuilder();
        var column = 0;
        foreach (var word in line.Split(' '))
        {
            var isFirst = column == 0;
            if (!isFirst && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', indent);
                column = indent;
            }
            else
            {
                text.Append(isFirst ? "    " : " ");
                column += isFirst ? 4 : 1;
            }
            text.Append(word);
            column += word.Length;
        }
        return text.Append('\n').ToString();
    }
}
