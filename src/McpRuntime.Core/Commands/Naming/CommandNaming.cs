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
        var choices = operations.ConvertAll(chooser.Choose);
        ForgetVersions(operations, choices);
        var nouns = new NounTable(choices);
        var taken = new TakenNames();
        foreach (var index in Sorted(operations, choices))
        {
            if (operations[index].Recorded is not { } recorded)
                continue;
            taken.Keep(recorded, operations[index], choices[index]);
            if (choices[index] is { Suffix: "" } choice && choice.Verb == recorded.Verb)
                nouns.Record(choice, recorded.Noun);
        }
        var names = new CommandName[operations.Count];
        var findings = new List<Finding>();
        foreach (var index in Sorted(operations, choices))
        {
            var operation = operations[index];
            names[index] = operation.Recorded ?? Find(operation, choices[index], nouns, taken, findings);
        }
        return new NamedCommands(names, findings);
    }

    private static CommandName Find(
        NamedOperation operation,
        CommandChoice choice,
        NounTable nouns,
        TakenNames taken,
        List<Finding> findings
    )
    {
        if (operation.Subject.Wish is { } wish)
        {
            if (taken.TryTake(wish, operation, choice))
                return wish;
            findings.Add(Report(operation, $"'x-mcp.cmdlet' asks for {wish}, which another operation has"));
        }
        foreach (var (name, reason) in Candidates.Of(operation, choice, nouns, taken))
        {
            if (!taken.TryTake(name, operation, choice))
                continue;
            if (reason is not null)
                findings.Add(
                    Report(operation, $"Its command {name} has {reason}, because others have the shorter name")
                );
            return name;
        }
        throw new InvalidOperationException($"No command name is left for {operation.Endpoint}.");
    }

    // The simplest first: of operations that cannot share a name, it keeps it.
    private static IEnumerable<int> Sorted(List<NamedOperation> operations, List<CommandChoice> choices) =>
        Enumerable
            .Range(0, operations.Count)
            .OrderBy(index => operations[index].Subject.Wish is null)
            .ThenBy(index => choices[index].Verb != VerbChooser.DefaultVerb(operations[index]))
            .ThenBy(index => operations[index].Manner.Length > 0)
            .ThenBy(index => !operations[index].Path.IsItem)
            .ThenByDescending(index => operations[index].Path.Segments is [.., { IsPlural: true }])
            .ThenBy(index => operations[index].Path.Segments.Count)
            .ThenBy(index => Candidates.Surplus(operations[index], choices[index]) > 0)
            .ThenBy(index => operations[index].Endpoint, StringComparer.Ordinal);

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
    private static void ForgetVersions(List<NamedOperation> operations, List<CommandChoice> choices)
    {
        foreach (
            var resource in Enumerable
                .Range(0, operations.Count)
                .GroupBy(index => choices[index].Key, StringComparer.Ordinal)
                .Where(group => group.DistinctBy(index => operations[index].Path.Version).Count() == 1)
        )
        {
            foreach (var index in resource)
                operations[index].Path = operations[index].Path with { Version = "" };
        }
    }

    // What other methods do to the same resource.
    private static void Relate(List<NamedOperation> operations)
    {
        var known = operations.Select(Key).ToHashSet();
        var ids = operations.Select(operation => OperationWords.Split(operation.Subject.OperationId ?? "")).ToList();
        var plain = ids.Select(id => id.All).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < operations.Count; i++)
            operations[i].Manner = ids[i].Manner.Length > 0 && plain.Contains(ids[i].Plain) ? ids[i].Manner : "";
        foreach (var operation in operations)
        {
            operation.HasPatch = known.Contains(("PATCH", Shape(operation.Template)));
            operation.HasItemTwin = known.Contains((operation.Method, Shape(operation.Template) + "/{}"));
        }

        static (string, string) Key(NamedOperation operation) => (operation.Method, Shape(operation.Template));
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
