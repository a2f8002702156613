using System.Runtime.CompilerServices;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// The shared schemas of a connector in its order, and which of them a schema reaches. Safe to use from several
/// threads.
/// </summary>
internal sealed class SharedSchemas
{
    private static readonly ConditionalWeakTable<IReadOnlyDictionary<string, JsonText>, SharedSchemas> Known = [];

    private readonly SharedSchema[] _schemas;

    /// <param name="definitions">The connector's shared schemas by name.</param>
    public SharedSchemas(IReadOnlyDictionary<string, JsonText> definitions)
    {
        _schemas = new SharedSchema[definitions.Count];
        Positions = new Dictionary<string, int>(definitions.Count, StringComparer.Ordinal);
        foreach (var (name, text) in definitions)
        {
            _schemas[Positions.Count] = new SharedSchema(name, text);
            Positions.Add(name, Positions.Count);
        }
    }

    /// <summary>Those of a connector, prepared once for all its tools.</summary>
    public static SharedSchemas Of(ConnectorManifest connector) =>
        Known.GetValue(connector.Definitions, static definitions => new SharedSchemas(definitions));

    public int Count => _schemas.Length;

    public Dictionary<string, int> Positions { get; }

    public SharedSchema this[int position] => _schemas[position];

    /// <summary>False when the text cannot hold a reference to a shared schema; a backslash may hide one.</summary>
    public bool MayBeReferredTo(ReadOnlySpan<byte> text) =>
        _schemas.Length > 0 && (text.IndexOf("#/definitions/"u8) >= 0 || text.Contains((byte)'\\'));

    /// <summary>For each shared schema, whether it is reached, directly or through others.</summary>
    public bool[] Reach(IReadOnlyList<DefinitionReference> references)
    {
        var reached = new bool[_schemas.Length];
        var open = new Stack<int>();
        foreach (var reference in references)
            Mark(Positions[reference.Name]);
        while (open.TryPop(out var position))
        {
            foreach (var next in _schemas[position].Scan(Positions).Targets)
                Mark(next);
        }

        return reached;

        void Mark(int position)
        {
            if (reached[position])
                return;
            reached[position] = true;
            open.Push(position);
        }
    }
}
