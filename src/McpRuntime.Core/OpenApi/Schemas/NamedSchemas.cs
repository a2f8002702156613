using System.Text;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>A shared schema with its names in the manifest.</summary>
/// <param name="Index">Its number among all, from 0.</param>
/// <param name="Schema">The schema.</param>
/// <param name="Name">Its name, as an output where the input differs.</param>
/// <param name="InputName">Its name as an input.</param>
internal sealed record NamedSchema(int Index, WrittenSchema Schema, string Name, string InputName)
{
    private readonly byte[] _reference = [.. "#/definitions/"u8, .. Encoding.ASCII.GetBytes(Name)];
    private readonly byte[] _inputReference = [.. "#/definitions/"u8, .. Encoding.ASCII.GetBytes(InputName)];

    /// <summary>What a reference to it is in the manifest; ASCII.</summary>
    internal ReadOnlySpan<byte> Reference(SchemaDirection direction) =>
        direction == SchemaDirection.Input ? _inputReference : _reference;
}

/// <summary>The shared schemas of a manifest.</summary>
internal sealed class NamedSchemas
{
    private readonly Dictionary<SchemaDefinition, NamedSchema> _named;

    private NamedSchemas(IReadOnlyList<NamedSchema> all)
    {
        All = all;
        _named = all.ToDictionary(schema => schema.Schema.Definition);
    }

    internal IReadOnlyList<NamedSchema> All { get; }

    internal NamedSchema this[SchemaDefinition definition] => _named[definition];

    /// <summary>Names the schemas of a graph.</summary>
    internal static NamedSchemas Of(SchemaGraph graph, SpecDocument entry)
    {
        var names = DefinitionNames.Of(
            [.. graph.Schemas.Select(schema => schema.Definition)],
            SchemaDifferences.Of(graph),
            entry
        );
        return new NamedSchemas([
            .. graph.Schemas.Select((schema, i) => new NamedSchema(i, schema, names[i].Name, names[i].InputName)),
        ]);
    }

    /// <summary>Names of the definitions that inputs reach.</summary>
    internal IEnumerable<string> InputNames() =>
        All.Where(schema => schema.Schema.Input is not null).Select(schema => schema.InputName);

    /// <summary>The manifest's definitions, sorted by name.</summary>
    internal Dictionary<string, JsonText> Definitions()
    {
        var all = new List<Definition>(All.Count);
        foreach (var named in All)
        {
            if (named.Schema.Output is { } output)
                all.Add(new Definition(named.Name, output, SchemaDirection.Output));
            if (named.Schema.Input is { } input && (named.InputName != named.Name || named.Schema.Output is null))
                all.Add(new Definition(named.InputName, input, SchemaDirection.Input));
        }
        all.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var buffer = new ChunkBuffer();
        var texts = new Dictionary<string, JsonText>(all.Count, StringComparer.Ordinal);
        foreach (var (name, fragment, direction) in all)
            texts.Add(name, fragment.ToText(this, direction, buffer));
        return texts;
    }

    private sealed record Definition(string Name, SchemaFragment Fragment, SchemaDirection Direction);
}
