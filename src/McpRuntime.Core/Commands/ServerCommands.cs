using System.Globalization;
using McpRuntime.Commands.Words;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Commands;

/// <summary>
/// Commands for the tools of an MCP server, which have names but neither method nor path: <c>list_directory</c> is
/// Get-Directory, <c>git_commit</c> Invoke-GitCommit.
/// </summary>
public static class ServerCommands
{
    /// <summary>
    /// Plans a command for each tool. The same tools always give the same plan, whatever their order is.
    /// </summary>
    public static CommandPlan Plan(IEnumerable<ServerTool> serverTools)
    {
        ArgumentNullException.ThrowIfNull(serverTools);
        // The shortest name keeps the shortest command.
        List<ServerTool> tools =
        [
            .. serverTools.OrderBy(tool => tool.Name.Length).ThenBy(tool => tool.Name, StringComparer.Ordinal),
        ];
        var forms = new WordForms();
        var names = tools.ToDictionary(tool => tool.Name, tool => NameOf(tool, forms), StringComparer.Ordinal);
        var used = names.Values.ToHashSet();
        while (true)
        {
            var plan = CommandPlan.Of(ManifestOf(tools, names));
            var planned = plan
                .Commands.SelectMany(command => command.Sets.Select(set => set.Tool.Name))
                .ToHashSet(StringComparer.Ordinal);
            var rest = tools.Where(tool => !planned.Contains(tool.Name)).Select(tool => tool.Name).ToList();
            if (rest.Count == 0)
                return plan;
            foreach (var tool in rest.Order(StringComparer.Ordinal))
                names[tool] = Another(names[tool], tool, used);
        }
    }

    private static CommandName NameOf(ServerTool tool, WordForms forms)
    {
        // connector__tool, where a server has tools of several: the verb is that of the tool.
        var owner = Math.Max(tool.Name.LastIndexOf("__", StringComparison.Ordinal), 0);
        var words = WordsOf(tool.Name[owner..]);
        while (words.Count > 1 && VerbWords.IsAdverb(words[0]))
            words.RemoveAt(0);
        var verb = Take(words);
        if (words.Count > 0)
            words[^1] = forms.Singular(words[^1]);
        return new CommandName(
            verb ?? (tool.IsReadOnly ? "Get" : "Invoke"),
            Noun([.. WordsOf(tool.Name[..owner]), .. words])
        );
    }

    private static List<string> WordsOf(string name) =>
        NameParts.Split(name).ConvertAll(word => word.ToLowerInvariant());

    // The first word, or the last: list_issues, browser_navigate. A name that is only a verb is what is invoked.
    private static string? Take(List<string> words)
    {
        if (words.Count < 2)
            return words is [var only] && VerbOf(only) is not null ? "Invoke" : null;
        foreach (var index in (ReadOnlySpan<int>)[0, words.Count - 1])
        {
            if (VerbOf(words[index]) is not { } verb)
                continue;
            words.RemoveAt(index);
            return verb;
        }
        return null;
    }

    // A tool writes a file; an operation of an API that writes is a PUT or a POST, which say more.
    private static string? VerbOf(string word) => word == "write" ? "Set" : VerbWords.Of(word);

    private static string Noun(List<string> words)
    {
        var noun = string.Concat(words.Select(NameParts.Pascal));
        if (noun.Length == 0 || !char.IsAsciiLetter(noun[0]))
            noun = "Tool" + noun;
        return noun.Length > CommandName.MaxNounLength ? noun[..CommandName.MaxNounLength] : noun;
    }

    // All words of the name, then a number.
    private static CommandName Another(CommandName name, string tool, HashSet<CommandName> used)
    {
        var whole = name with { Noun = Noun(NameParts.Split(tool)) };
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : number.ToString(CultureInfo.InvariantCulture);
            var candidate = whole with
            {
                Noun = whole.Noun[..Math.Min(whole.Noun.Length, CommandName.MaxNounLength - suffix.Length)] + suffix,
            };
            if (used.Add(candidate))
                return candidate;
        }
    }

    private static ConnectorManifest ManifestOf(List<ServerTool> tools, Dictionary<string, CommandName> names) =>
        new()
        {
            Name = "server",
            Version = "1.0.0",
            BaseUrl = "",
            Tools =
            [
                .. tools.Select(tool => new ToolManifest
                {
                    Name = tool.Name,
                    Endpoint = "",
                    InputSchema = tool.InputSchema,
                    Command = names[tool.Name],
                }),
            ],
        };
}

/// <summary>A tool of an MCP server.</summary>
/// <param name="Name">Its name; no two tools have one.</param>
/// <param name="InputSchema">The schema of its arguments.</param>
/// <param name="IsReadOnly">The server says that a call changes nothing.</param>
public sealed record ServerTool(string Name, JsonText InputSchema, bool IsReadOnly);
