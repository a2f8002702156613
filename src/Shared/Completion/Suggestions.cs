using System.CommandLine;
using System.CommandLine.Completions;
using McpRuntime.Connectors.Guidance;
using McpRuntime.Diagnostics;

namespace McpRuntime.ShellCompletion;

/// <summary>
/// What may come next on a command line, from the commands themselves: their options, the words that help shows for a
/// value (<c>text|json</c>), and the completion sources of an option or argument.
/// </summary>
internal static class Suggestions
{
    /// <summary>The kind of <c>NAME=</c>, which is suggested as long as no name is typed.</summary>
    public const string PairName = "PairName";

    /// <summary>The kind of <c>NAME=VALUE</c>, which is suggested once its name is typed.</summary>
    public const string PairValue = "PairValue";

    private const int LongestDescription = 100;

    // No word is the name of a file with further words, which a Tab would read.
    private static readonly ParserConfiguration Parsing = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <param name="root">All commands.</param>
    /// <param name="before">The words before the cursor's, without the program.</param>
    /// <param name="current">The cursor's word up to the cursor.</param>
    public static SuggestionList For(RootCommand root, IReadOnlyList<string> before, string current)
    {
        var typed = new TypedCommand(root, before);
        var context = new Lazy<CompletionContext>(() => root.Parse(typed.WithoutOpen, Parsing).GetCompletionContext());
        if (current.StartsWith('-'))
        {
            var equals = current.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return Starting(current, typed.Options.Select(option => Of(option.Name, option.Description)));
            return typed.Find(current[..equals]) is { } named
                ? Prefixed(current[..(equals + 1)], Value(named, current[(equals + 1)..], context))
                : SuggestionList.Nothing;
        }
        if (typed.Open is { } open)
            return Value(open, current, context);
        var commands = typed.Subcommands.Select(command => Of(command.Name, command.Description)).ToList();
        var argument = typed.Argument is { } next
            ? Of(next.HelpName ?? next.Name, next.CompletionSources, current, context)
            : SuggestionList.Nothing;
        return argument with { Values = [.. Starting(current, commands).Values, .. argument.Values] };
    }

    private static SuggestionList Value(Option option, string current, Lazy<CompletionContext> context) =>
        Of(option.HelpName ?? "", option.CompletionSources, current, context);

    private static SuggestionList Of(
        string placeholder,
        List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources,
        string current,
        Lazy<CompletionContext> context
    ) =>
        placeholder switch
        {
            "DIR" => new SuggestionList(PathKind.Folders, []),
            "FILE" or "SOURCE" => new SuggestionList(PathKind.Files, []),
            _ when IsChoice(placeholder) => Starting(current, placeholder.Split('|').Select(word => Of(word, null))),
            _ => Starting(
                current,
                sources
                    .SelectMany(source => source(context.Value))
                    .Where(item => IsStep(item.Kind, current))
                    .Select(item => Of(item.Label, item.Detail))
            ),
        };

    private static bool IsStep(string? kind, string current) =>
        kind switch
        {
            PairName => !current.Contains('=', StringComparison.Ordinal),
            PairValue => current.Contains('=', StringComparison.Ordinal),
            _ => true,
        };

    private static bool IsChoice(string placeholder) =>
        placeholder.Contains('|', StringComparison.Ordinal)
        && placeholder.All(letter => letter is '|' or '-' || char.IsAsciiLetterLower(letter));

    private static SuggestionList Starting(string current, IEnumerable<Suggestion> values) =>
        new(
            PathKind.None,
            [
                .. values
                    .Where(value =>
                        value.Value.StartsWith(current, StringComparison.Ordinal) && IsPrintable(value.Value)
                    )
                    .Select(value => value with { Description = Line(value.Description) }),
            ]
        );

    private static SuggestionList Prefixed(string prefix, SuggestionList list) =>
        new(PathKind.None, [.. list.Values.Select(value => value with { Value = prefix + value.Value })]);

    // What a shell would have to hide or could read as two words is not suggested.
    private static bool IsPrintable(string value) => value.Length > 0 && UntrustedText.ForTerminal(value) == value;

    private static Suggestion Of(string value, string? description) => new(value, description ?? "");

    private static string Line(string description) =>
        UntrustedText.ForTerminal(FirstSentence.Of(description, LongestDescription));
}
