namespace McpRuntime.Import.Comparison;

/// <summary>What a change of a schema means to a caller, the worst last.</summary>
internal enum SchemaChange
{
    None,

    /// <summary>Titles, descriptions, examples, defaults.</summary>
    Words,

    /// <summary>All that was good before is good now.</summary>
    Compatible,

    /// <summary>Something may not be good any more; also where that cannot be told.</summary>
    Breaking,
}

/// <summary>The worst difference of two schemas.</summary>
/// <param name="Change">What it means to a caller.</param>
/// <param name="Rule">The class of a breaking one, by <see cref="DriftRules"/>.</param>
/// <param name="Path">The property within, e.g. <c>owner.id</c>; empty for the schema itself.</param>
/// <param name="Message">What a breaking one is, as a sentence.</param>
internal readonly record struct SchemaDifference(
    SchemaChange Change,
    string Rule = "",
    string Path = "",
    string Message = ""
)
{
    /// <summary>The message with the property that it is about.</summary>
    public string Sentence => Path.Length == 0 ? Message : $"Its property '{Path}': {Message}";

    public static SchemaDifference None { get; } = new(SchemaChange.None);

    public static SchemaDifference Breaking(string rule, string message, string path = "") =>
        new(SchemaChange.Breaking, rule, path, message);

    /// <summary>As it is seen from the object that has it as a property.</summary>
    public SchemaDifference Below(string property) =>
        Change == SchemaChange.Breaking
            ? this with
            {
                Path = Path.Length == 0 ? property : $"{property}.{Path}",
            }
            : this;

    public SchemaDifference Or(SchemaDifference other) => other.Change > Change ? other : this;
}
