using System.Text;
using System.Text.RegularExpressions;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Guidance;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Skills;

/// <summary>
/// A SKILL.md (Agent Skills: front matter with name and description, then Markdown) for agents that have a shell and no
/// MCP: what the APIs are for, and how the console finds and calls their tools. Texts of manifests are cleaned, and
/// nothing of credentials is in it.
/// </summary>
/// <param name="catalog">The tools; at least one.</param>
/// <param name="connectors">The folder that commands name; null where the console finds it itself.</param>
internal sealed partial class SkillDocument(ToolCatalog catalog, string? connectors)
{
    /// <summary>Characters of a name: small letters, digits and single hyphens.</summary>
    public const int LongestName = 64;

    /// <summary>Characters of a description.</summary>
    public const int LongestDescription = 1024;

    private readonly List<Api> _apis =
    [
        .. catalog
            .Tools.GroupBy(tool => tool.Connector)
            .Select(group => new Api(
                group.Key.Name,
                ConnectorGuidance.Of(group.Key, [.. group.Select(tool => tool.Endpoint)]),
                [.. group]
            )),
    ];

    /// <summary>The text; the same catalog always gives the same.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append("---\n")
            .Append($"name: {Name()}\n")
            .Append($"description: {Quoted(Description())}\n")
            .Append("---\n\n");
        foreach (var api in _apis)
            AppendApi(text, api);
        text.Append(
            $"""
            ## Find a tool
            Say what you want to do, with the API's own words; the best tools come first, with method and path.

            ```sh
            mcp-runtime tools --search {Shell(Request())}{Options()} --limit 5
            ```

            ## Call a tool
            Arguments are one JSON object. First look at the request: `--dry-run` prints it as a curl command, with
            secrets masked, and sends nothing.

            ```sh
            {Example()} --dry-run
            ```

            Then run the same command without `--dry-run`. The answer is printed as the API sends it. Arguments are
            checked before anything is sent; with exit code 1, the error says what is wrong and what to do.

            ## Rules
            - Tools whose method is POST, PUT, PATCH or DELETE change something: show the dry run to the user and ask
              before you send it, unless you were told to.
            - Credentials are set by the user. If one is missing, the error names the variable: tell the user. Never ask
              for a secret, print one or put one into arguments.
            - `mcp-runtime credentials list{Options()}` shows which credentials are set, never their values.

            """.ReplaceLineEndings("\n")
        );
        return text.ToString();
    }

    private string Name()
    {
        var name = NotOfName()
            .Replace((_apis is [var only] ? only.Name : "rest-apis").ToLowerInvariant(), "-")
            .Trim('-');
        return name.Length == 0 ? "rest-api"
            : name.Length <= LongestName ? name
            : name[..LongestName].Trim('-');
    }

    // What it is for and when to use it: all that an agent sees of a skill until it reads it.
    private string Description()
    {
        var text = new StringBuilder("Calls, by the mcp-runtime console, ");
        var start = text.Length;
        foreach (var api in _apis)
        {
            var about = api.Guidance.Sentence.Length > 0 ? $" ({api.Guidance.Sentence.TrimEnd('.')})" : "";
            var nouns = string.Join(", ", api.Guidance.Resources.Take(12).Select(resource => resource.Split(':')[0]));
            text.Append(text.Length > start ? "; " : "")
                .Append($"the API {api.Guidance.Title}{about}")
                .Append(nouns.Length > 0 ? $": {nouns}" : "");
        }
        text.Append(". Use when a task needs data or actions of ")
            .Append(_apis.Count == 1 ? "this API." : "one of these APIs.");
        var plain = Angle().Replace(text.ToString(), "");
        return plain.Length <= LongestDescription ? plain : $"{plain.AsSpan(0, LongestDescription - 1)}…";
    }

    private static void AppendApi(StringBuilder text, Api api)
    {
        text.Append($"# {api.Guidance.Title}\n\n");
        if (api.Guidance.Sentence.Length > 0)
            text.Append($"{api.Guidance.Sentence}\n\n");
        text.Append($"{CountText.Of(api.Tools.Count, "tool")} of the connector `{api.Name}`. ");
        text.Append("The main resources with what can be done with them:\n\n");
        foreach (var resource in api.Guidance.Resources)
            text.Append($"- {resource}\n");
        text.Append('\n');
    }

    private string Request() =>
        catalog.Tools[0].Tool.Title is { Length: > 0 and < 80 } title && PlainWords().IsMatch(title)
            ? title.TrimEnd('.').ToLowerInvariant()
            : "list all items";

    private string Example()
    {
        var (tool, arguments) = SampleCall.Of(catalog.Tools);
        return $"mcp-runtime call {tool.Name} --arguments {Shell(arguments)}{Options()}";
    }

    private string Options() => connectors is null ? "" : $" --connectors {Shell(connectors)}";

    private static string Shell(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // A double-quoted scalar of YAML.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotOfName();

    [GeneratedRegex("[<>]|[\\r\\n]")]
    private static partial Regex Angle();

    [GeneratedRegex("^[A-Za-z0-9 ,.-]+$")]
    private static partial Regex PlainWords();

    private sealed record Api(string Name, ConnectorGuidance Guidance, IReadOnlyList<ServedTool> Tools);
}
