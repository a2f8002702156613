using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Writes shared schemas, many of them side by side. What comes out does not depend on how many work: a schema's text
/// depends on the schema alone, and findings are put in the order of the documents.
/// </summary>
/// <param name="sideBySide">Says how many are worth it.</param>
/// <param name="create">Makes a writer that tells its findings to what it is given.</param>
internal sealed class SharedSchemaWriters(SideBySide sideBySide, Func<int, ImportFindings, SchemaWriter> create) : IDisposable
{
    // Fewer are written before others have begun.
    private const int FewestSideBySide = 32;

    private readonly List<(SchemaWriter Writer, ImportFindings Findings)> _writers = [];

    /// <summary>What was said, in no order.</summary>
    internal IEnumerable<ImportFindings> Findings => _writers.Select(writer => writer.Findings);

    /// <summary>Writes directions of schemas; one text serves both where they are the same.</summary>
    internal void Write(List<(SchemaDefinition Definition, SchemaDirection Direction)> wave)
    {
        var others = new List<(SchemaDefinition Definition, SchemaDirection Direction)>();
        var inWave = new HashSet<SchemaDefinition>(wave.Count);
        var first = wave.Where(next =>
        {
            // The second direction is known to be the same, or not, when the first is written.
            if (Other(next) is null && inWave.Add(next.Definition))
                return true;
            others.Add(next);
            return false;
        }).ToArray();
        WriteAll(first);
        WriteAll([.. others.Where(next =>
        {
            if (Other(next) is not { DependsOnDirection: false } same)
                return true;
            next.Definition[next.Direction] = same;
            return false;
        })]);
    }

    /// <summary>Writes a schema again, whose references have changed.</summary>
    internal SchemaFragment Rewrite(SchemaDefinition definition, SchemaDirection direction) =>
        definition[direction] = Writer(0).WriteDefinition(definition, direction);

    public void Dispose()
    {
        foreach (var (writer, _) in _writers)
            writer.Dispose();
    }

    private static SchemaFragment? Other((SchemaDefinition Definition, SchemaDirection Direction) next) =>
        next.Definition[next.Direction == SchemaDirection.Input ? SchemaDirection.Output : SchemaDirection.Input];

    private void WriteAll((SchemaDefinition Definition, SchemaDirection Direction)[] all)
    {
        var count = sideBySide.CountFor(all.Length, FewestSideBySide);
        // Made here, so that work side by side only reads the list.
        Writer(count - 1);
        var next = -1;
        SideBySide.Run(count, number =>
        {
            var writer = Writer(number);
            for (var i = Interlocked.Increment(ref next); i < all.Length; i = Interlocked.Increment(ref next))
            {
                var (definition, direction) = all[i];
                definition[direction] = writer.WriteDefinition(definition, direction);
            }
        });
    }

    private SchemaWriter Writer(int number)
    {
        while (_writers.Count <= number)
        {
            var findings = ImportFindings.OfPart();
            _writers.Add((create(_writers.Count, findings), findings));
        }
        return _writers[number].Writer;
    }
}
