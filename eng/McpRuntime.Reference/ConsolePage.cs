using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using McpRuntime.Http.Hosting;
using McpRuntime.Stdio;

namespace McpRuntime.Reference;

/// <summary><c>docs/reference/console.md</c>: the commands and options as the programs define them.</summary>
internal static class ConsolePage
{
    private const string Intro =
        "`--help` of each command shows the same. A result goes to standard output, everything about the work to "
        + "standard error.";

    public static Page Make() =>
        Page.Reference(
            "console.md",
            "Console",
            [
                Intro,
                .. Describe(CommandLine.Build(new Terminal(), isServer: false), "mcp-runtime"),
                "### Exit codes of `mcp-runtime`",
                ExitCodes(),
                .. Describe(GatewayCommandLine.Build(), "mcp-runtime-http"),
            ]
        );

    private static IEnumerable<string> Describe(Command command, string path)
    {
        yield return $"{(command is RootCommand ? "##" : "###")} {path}";
        yield return Markdown.Escape(command.Description ?? "");
        yield return Markdown.Block("text", Usage(command, path));
        var rows = command
            .Arguments.Where(argument => !argument.Hidden)
            .Select(argument => Row(argument.HelpName ?? argument.Name, argument.Description, false))
            .Concat(command.Options.Where(IsOwn).OrderBy(option => option.Name, StringComparer.Ordinal).Select(Row))
            .ToList();
        if (rows.Count > 0)
            yield return Markdown.Table(["argument or option", "meaning"], rows);
        if (command is DocumentedCommand { Examples: var examples })
            yield return Markdown.Block("text", examples.ReplaceLineEndings("\n"));
        foreach (var part in command.Subcommands.Where(part => !part.Hidden))
        {
            foreach (var block in Describe(part, $"{path} {part.Name}"))
                yield return block;
        }
    }

    private static string Usage(Command command, string path)
    {
        var words = command
            .Arguments.Where(argument => !argument.Hidden)
            .Select(argument =>
            {
                var name = argument.HelpName ?? argument.Name;
                var many = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
                return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}{many}]" : name + many;
            });
        var commands = command.Subcommands.Count > 0 ? ["COMMAND"] : Array.Empty<string>();
        return string.Join(' ', [path, .. commands, .. words, "[options]"]);
    }

    // Those of System.CommandLine itself are the same everywhere.
    private static bool IsOwn(Option option) => !option.Hidden && option is not (HelpOption or VersionOption);

    private static string[] Row(Option option)
    {
        var value =
            option.ValueType == typeof(bool) ? "" : option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();
        var names = string.Join(", ", option.Aliases.Prepend(option.Name));
        return Row(value.Length == 0 ? names : $"{names} {value}", option.Description, option.Required);
    }

    private static string[] Row(string name, string? description, bool isRequired) =>
        [Markdown.Code(name), (isRequired ? "Required. " : "") + Markdown.Escape(description ?? "")];

    private static string ExitCodes()
    {
        var comments = CodeComments.Of(typeof(ExitCode).Assembly);
        return Markdown.Table(
            ["code", "meaning"],
            typeof(ExitCode)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field =>
                    new[]
                    {
                        field.GetRawConstantValue()!.ToString()!,
                        CommentText.Markdown(comments.Field(field)?.Element("summary")),
                    }
                )
        );
    }
}
