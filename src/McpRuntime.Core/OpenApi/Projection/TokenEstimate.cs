using McpRuntime.Manifests;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// How much of a model's context a tool takes: the bytes of its entry in <c>tools/list</c>, shared schemas included,
/// divided by four, which is what English text and JSON come to.
/// </summary>
/// <param name="schemas">How many shared schemas there are.</param>
internal sealed class TokenEstimate(int schemas)
{
    private const int BytesPerToken = 4;

    // Keys, quotes and annotations of an entry.
    private const int EntryOverhead = 180;

    private readonly Stack<SchemaDefinition> _open = new();

    // By number of the schema: the last walk that came by, its own bytes, and those of all that it reaches; 0 is unknown.
    private readonly int[] _seenBy = new int[schemas];
    private readonly int[] _own = new int[schemas];
    private readonly int[] _reached = new int[schemas];
    private int _walk;

    internal int Of(ToolManifest tool, ToolDraft draft)
    {
        var bytes = EntryOverhead + tool.Name.Length + Utf8(tool.Title) + Utf8(tool.Description) + tool.InputSchema.Utf8.Length;
        _walk++;
        foreach (var argument in draft.Arguments)
            Add(argument.Schema.Fragment!);
        return (bytes + Reached()) / BytesPerToken;
    }

    // Many tools refer to one schema and to all that it reaches, which need not be walked for each of them.
    private int Reached()
    {
        if (_open.Count != 1)
            return Walk();
        ref var reached = ref _reached[_open.Peek().Index];
        if (reached == 0)
            reached = Walk();
        else
            _open.Clear();
        return reached;
    }

    private int Walk()
    {
        var bytes = 0;
        while (_open.TryPop(out var definition))
        {
            var fragment = definition[SchemaDirection.Input]!;
            ref var own = ref _own[definition.Index];
            if (own == 0)
                own = fragment.CompletedLength(SchemaDirection.Input) + definition.NameOf(SchemaDirection.Input).Length + 4;
            bytes += own;
            Add(fragment);
        }
        return bytes;
    }

    private void Add(SchemaFragment fragment)
    {
        foreach (var hole in fragment.Holes)
        {
            ref var seenBy = ref _seenBy[hole.Definition.Index];
            if (seenBy == _walk)
                continue;
            seenBy = _walk;
            _open.Push(hole.Definition);
        }
    }

    private static int Utf8(string? text) => text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
}
