using System.CommandLine.Completions;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Stdio.Arguments;

namespace McpRuntime.Stdio.Completion;

/// <summary>
/// Names that are known on this machine, for options and arguments that take one. They are read from the connectors
/// folder and from the records of credentials; no server is asked and no store of secrets is opened. What has such a
/// source needs a <c>HelpName</c>: help would else list the names.
/// </summary>
internal static class KnownNames
{
    /// <summary>Names of tools, as clients see them.</summary>
    public static IEnumerable<CompletionItem> Tools(CompletionContext context) =>
        Load(context).Tools.Tools.Select(tool => Item(tool.Name, tool.Tool.Title ?? tool.Tool.Description));

    /// <summary>Arguments of the tool that the command names, without those that it already has.</summary>
    public static IEnumerable<CompletionItem> Arguments(CompletionContext context)
    {
        var name = context.ParseResult.GetValue<string>("TOOL");
        var words = context.ParseResult.GetValue<string[]>("ARGUMENT") ?? [];
        return Load(context).Tools.Tools.FirstOrDefault(tool => tool.Name == name) is { } tool
            ? PairSuggestions.Of(tool, words.Select(ArgumentPairs.NameOf).ToHashSet(StringComparer.Ordinal))
            : [];
    }

    /// <summary>Names of connectors.</summary>
    public static IEnumerable<CompletionItem> Connectors(CompletionContext context) =>
        Load(context).Connectors.Select(loaded => Item(loaded.Manifest.Name, loaded.Manifest.Description));

    /// <summary>The security schemes of the connector that the command names.</summary>
    public static IEnumerable<CompletionItem> Schemes(CompletionContext context)
    {
        var connector = context.ParseResult.GetValue<string>("CONNECTOR");
        return Load(context)
            .Connectors.Where(loaded => loaded.Manifest.Name == connector)
            .SelectMany(loaded => loaded.Manifest.SecuritySchemes)
            .Select(scheme => Item(scheme.Key, SchemeFields.Describe(scheme.Value)));
    }

    /// <summary>Names of accounts for which a credential was stored.</summary>
    public static IEnumerable<CompletionItem> Profiles(CompletionContext context) =>
        StoredCredentialSource
            .Records(Settings(context))
            .All()
            .GroupBy(entry => entry.Key.Profile, entry => entry.Key.Connector)
            .OrderBy(profile => profile.Key, StringComparer.Ordinal)
            .Select(profile => Item(profile.Key, string.Join(", ", profile.Distinct())));

    /// <summary>Fields of a credential.</summary>
    public static IEnumerable<CompletionItem> Fields(CompletionContext context) =>
        Enum.GetValues<CredentialField>()
            .Where(field => field != CredentialField.Origins)
            .Select(field => Item(CredentialName.Of(field), null));

    private static ConnectorSnapshot Load(CompletionContext context) =>
        ConnectorFolder.LoadAsync(Settings(context), CancellationToken.None).GetAwaiter().GetResult();

    private static RuntimeSettings Settings(CompletionContext context) =>
        ConsoleOptions.Settings(context.ParseResult.GetValue<string>("--connectors"));

    private static CompletionItem Item(string name, string? description) => new(name, detail: description);
}
