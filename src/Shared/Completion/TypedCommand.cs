using System.CommandLine;

namespace McpRuntime.ShellCompletion;

/// <summary>
/// How far a command line has come: its command, the options that it has, and what the next word is for. Unlike a
/// parse it takes every line, however wrong.
/// </summary>
internal sealed class TypedCommand
{
    private readonly IReadOnlyList<string> _words;
    private readonly HashSet<Option> _given = [];
    private bool _isAfterDashes;
    private int _arguments;

    public TypedCommand(Command root, IReadOnlyList<string> words)
    {
        _words = words;
        Command = root;
        foreach (var word in words)
            Read(word);
    }

    public Command Command { get; private set; }

    /// <summary>The option whose value the next word is; null where it may be anything.</summary>
    public Option? Open { get; private set; }

    /// <summary>The words for a parse, which would refuse an option that has no value yet.</summary>
    public IReadOnlyList<string> WithoutOpen =>
        Open is not null && Find(_words[^1]) == Open ? [.. _words.SkipLast(1)] : _words;

    /// <summary>The argument that the next word is; null where the command takes no further one.</summary>
    public Argument? Argument
    {
        get
        {
            var arguments = Command.Arguments.Where(argument => !argument.Hidden).ToList();
            if (_arguments < arguments.Count)
                return arguments[_arguments];
            return arguments is [.., { Arity.MaximumNumberOfValues: > 1 } last] ? last : null;
        }
    }

    /// <summary>Commands of the command, as long as it has no argument.</summary>
    public IEnumerable<Command> Subcommands =>
        _arguments > 0 || _isAfterDashes ? [] : Command.Subcommands.Where(command => !command.Hidden);

    /// <summary>Options that can be given here, without those that were given and take one value.</summary>
    public IEnumerable<Option> Options =>
        _isAfterDashes
            ? []
            : All().Where(option => !option.Hidden && (!_given.Contains(option) || IsRepeatable(option)));

    /// <summary>The option of a name or alias.</summary>
    public Option? Find(string name) =>
        All().FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private void Read(string word)
    {
        if (!_isAfterDashes && word.Length > 1 && word[0] == '-')
        {
            _isAfterDashes = word == "--";
            ReadOption(word);
        }
        else if (Open is not null)
        {
            if (!Open.AllowMultipleArgumentsPerToken)
                Open = null;
        }
        else if (Subcommands.FirstOrDefault(command => command.Name == word) is { } command)
            Command = command;
        else
            _arguments++;
    }

    private void ReadOption(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var option = Find(equals < 0 ? word : word[..equals]);
        if (option is not null)
            _given.Add(option);
        Open = equals < 0 && option is not null && TakesWord(option) ? option : null;
    }

    private IEnumerable<Option> All() =>
        Command.Options.Concat(
            Command
                .Parents.SelectMany(Ancestors)
                .OfType<Command>()
                .SelectMany(parent => parent.Options.Where(option => option.Recursive))
        );

    private static IEnumerable<Symbol> Ancestors(Symbol symbol) => [symbol, .. symbol.Parents.SelectMany(Ancestors)];

    private static bool IsRepeatable(Option option) => option.Arity.MaximumNumberOfValues > 1;

    // A switch is given by its name alone.
    private static bool TakesWord(Option option) =>
        option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
}
