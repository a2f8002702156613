namespace McpRuntime.Locks;

/// <summary>Compares two locks, connector by connector and tool by tool.</summary>
internal static class LockComparison
{
    public static IReadOnlyList<LockDifference> Of(ToolLock reviewed, ToolLock now)
    {
        var differences = new List<LockDifference>();
        foreach (
            var name in reviewed
                .Connectors.Keys.Union(now.Connectors.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
        {
            if (!now.Connectors.TryGetValue(name, out var current))
                differences.Add(new(name, null, LockDifferenceKind.Removed, []));
            else
                differences.AddRange(Of(name, reviewed.Connectors.GetValueOrDefault(name), current));
        }
        return differences;
    }

    /// <summary>How one connector differs; all its tools are new where it was not reviewed.</summary>
    public static IEnumerable<LockDifference> Of(string name, LockedConnector? reviewed, LockedConnector now)
    {
        if (reviewed is not null && !reviewed.Shown.IsSame(now.Shown))
            yield return new(
                name,
                null,
                LockDifferenceKind.Changed,
                DifferenceWords.Of(reviewed.Shown.Text, now.Shown.Text)
            );
        foreach (var (tool, current) in now.Tools)
        {
            if (reviewed is null || !reviewed.Tools.TryGetValue(tool, out var before))
                yield return new(name, tool, LockDifferenceKind.Added, []);
            else if (!before.IsSame(current))
                yield return new(name, tool, LockDifferenceKind.Changed, WordsOf(reviewed, before, now, current));
        }
        foreach (var tool in reviewed?.Tools.Keys.Except(now.Tools.Keys, StringComparer.Ordinal) ?? [])
            yield return new(name, tool, LockDifferenceKind.Removed, []);
    }

    private static List<string> WordsOf(
        LockedConnector reviewed,
        ReviewedTool before,
        LockedConnector now,
        ReviewedTool current
    )
    {
        var words = new List<string>();
        words.AddRange(DifferenceWords.Of(before.Does.Text, current.Does.Text));
        words.AddRange(DifferenceWords.Of(before.Shown.Text, current.Shown.Text, except: "schemas"));
        // Of the shared schemas, the texts that differ and not their hashes.
        var reaching = new SchemaArguments(now.Schemas, current.Shown.Text);
        foreach (var schema in current.Shown.Text.GetProperty("schemas").EnumerateObject())
        {
            if (!reviewed.Schemas.TryGetValue(schema.Name, out var old))
                words.Add($"{reaching.Of(schema.Name)}It reaches the schema '{schema.Name}', which is new.");
            else if (!old.IsSame(now.Schemas[schema.Name]))
                words.AddRange(
                    DifferenceWords
                        .Of(old.Text, now.Schemas[schema.Name].Text, place: $"schema {schema.Name}")
                        .Select(sentence => reaching.Of(schema.Name) + sentence)
                );
        }
        return words.Count > 0 ? words : ["A shared schema is no longer reached."];
    }
}
