namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Where references to the same value lead instead, so that no schema applies itself to it again: by the schema that
/// they are in and the schema that they mean. Null leaves the reference out.
/// </summary>
internal sealed class SchemaDetours
{
    private readonly Dictionary<SchemaDefinition, Dictionary<SchemaDefinition, SchemaDetour>> _detours = [];

    /// <param name="detours">Of two for the same reference, the first counts.</param>
    internal SchemaDetours(IEnumerable<SchemaDetour> detours)
    {
        foreach (var detour in detours)
        {
            if (!_detours.TryGetValue(detour.From, out var ofSchema))
                _detours.Add(detour.From, ofSchema = []);
            ofSchema.TryAdd(detour.To, detour);
        }
    }

    internal static SchemaDetours None { get; } = new([]);

    internal bool IsEmpty => _detours.Count == 0;

    /// <summary>
    /// The detours of a schema, by the schemas that its references mean; null for nearly all, which have none.
    /// </summary>
    internal IReadOnlyDictionary<SchemaDefinition, SchemaDetour>? Of(SchemaDefinition definition) =>
        _detours.GetValueOrDefault(definition);

    /// <summary>These detours and others, which count where both have one.</summary>
    internal SchemaDetours And(SchemaDetours others) => new(others.All.Concat(All));

    private IEnumerable<SchemaDetour> All => _detours.Values.SelectMany(ofSchema => ofSchema.Values);
}

/// <summary>Where references in a schema to another one lead instead.</summary>
/// <param name="From">The schema that they are in.</param>
/// <param name="To">The schema that they mean.</param>
/// <param name="Instead">Null leaves them out.</param>
internal sealed record SchemaDetour(SchemaDefinition From, SchemaDefinition To, SchemaDefinition? Instead);
