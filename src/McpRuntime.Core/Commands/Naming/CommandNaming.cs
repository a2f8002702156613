using System.Text;
using System.Text.RegularExpressions;
using McpRuntime.Commands.Words;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Commands.Naming;

/// <summary>
/// Names commands for operations: an approved verb and a noun of the path. Names do not depend on the order of
/// operations, and those that are recorded never change.
/// </summary>
internal static partial class CommandNaming
{
    /// <summary>Names the commands of all tools of a connector.</summary>
    internal static NamedCommands Name(IReadOnlyList<NamingSubject> subjects)
    {
        var forms = new WordForms();
        var operations = subjects.Select(subject => new NamedOperation(subject, forms)).ToList();
        RemoveShared(operations);
        Relate(operations);
        PathReading.Improve(operations, forms);
        var chooser = new VerbChooser(forms);
        foreach (var operation in operations)
            operation.Choice = chooser.Choose(operation);
        ForgetVersions(operations);
        var nouns = new NounTable(operations);
        var taken = new TakenNames();
        var sorted = operations.OrderBy(Rank, StringComparer.Ordinal).ToList();
        foreach (var operation in sorted)
        {
            if (operation.Recorded is not { } recorded)
                continue;
            taken.Keep(recorded, operation);
            if (operation.Choice is { Suffix: "" } choice && choice.Verb == recorded.Verb)
                nouns.Record(choice, recorded.Noun);
        }
        var findings = new List<Finding>();
        foreach (var operation in sorted)
            operation.Name = operation.Recorded ?? Find(operation, nouns, taken, findings);
        return new NamedCommands(operations.ConvertAll(operation => operation.Name!), findings);
    }

    private static CommandName Find(NamedOperation operation, NounTable nouns, TakenNames taken, List<Finding> findings)
    {
        if (operation.Subject.Wish is { } wish)
        {
            if (taken.TryTake(wish, operation))
                return wish;
            findings.Add(Report(operation, $"'x-mcp.cmdlet' asks for {wish}, which another operation has"));
        }
        foreach (var candidate in Candidates.Of(operation, nouns, taken))
        {
            if (!taken.TryTake(candidate.Name, operation))
                continue;
            if (candidate.Reason is { } reason)
                findings.Add(
                    Report(operation, $"Its command {candidate.Name} has {reason}: others have the shorter name")
                );
            return candidate.Name;
        }
        throw new InvalidOperationException($"No command name is left for {operation.Endpoint}.");
    }

    // The simplest first: of operations that cannot share a name, it keeps it.
    private static string Rank(NamedOperation operation)
    {
        ReadOnlySpan<bool> flags =
        [
            operation.Subject.Wish is null,
            operation.Choice.Verb != VerbChooser.DefaultVerb(operation),
            operation.Manner.Length > 0,
            !operation.Path.IsItem,
            operation.Path.Segments is not [.., { IsPlural: true }],
        ];
        var rank = new StringBuilder();
        foreach (var flag in flags)
            rank.Append(flag ? '1' : '0');
        return rank.Append((char)('a' + operation.Path.Segments.Count))
            .Append(Candidates.HasSurplus(operation) ? '1' : '0')
            .Append(operation.Endpoint)
            .ToString();
    }

    // What all paths begin with says nothing.
    private static void RemoveShared(List<NamedOperation> operations)
    {
        while (
            operations is [{ Path.Segments: [var shared, _, ..] }, _, ..]
            && operations.TrueForAll(operation =>
                operation.Path.Segments is [var first, _, ..] && first.Noun == shared.Noun && !first.HasItem
            )
        )
        {
            foreach (var operation in operations)
                operation.Path = operation.Path with { Segments = [.. operation.Path.Segments.Skip(1)] };
        }
    }

    // A version in a path says something only where a resource has several.
    private static void ForgetVersions(List<NamedOperation> operations)
    {
        foreach (var resource in operations.GroupBy(operation => operation.Choice.Key, StringComparer.Ordinal))
        {
            if (resource.DistinctBy(operation => operation.Path.Version, StringComparer.Ordinal).Skip(1).Any())
                continue;
            foreach (var operation in resource)
                operation.Path = operation.Path with { Version = "" };
        }
    }

    // What other methods do to the same resource, and what other operationIds say.
    private static void Relate(List<NamedOperation> operations)
    {
        var known = operations.Select(operation => Key(operation.Method, operation)).ToHashSet(StringComparer.Ordinal);
        var ids = operations.Select(operation => operation.Ids.All).ToHashSet(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            operation.HasPatch = known.Contains(Key("PATCH", operation));
            operation.HasItemTwin = known.Contains(Key(operation.Method, operation) + "/{}");
            operation.Manner = ids.Contains(operation.Ids.Plain) ? operation.Ids.Manner : "";
        }

        static string Key(string method, NamedOperation operation) => $"{method} {Shape(operation.Template)}";
    }

    private static string Shape(string path) => Argument().Replace(path, "{}").TrimEnd('/');

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();

    private static Finding Report(NamedOperation operation, string what) =>
        new(
            ManifestRules.CommandRenamed,
            FindingSeverity.Information,
            $"{operation.Endpoint}: {what}. 'command' of the tool gives it another."
        );
}
