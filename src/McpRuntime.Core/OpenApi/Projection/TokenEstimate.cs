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

    // By number of the schema the last tool that it was counted for.
    private readonly int[] _countedFor = new int[schemas];
    private int _tool;

    internal int Of(ToolManifest tool, ToolDraft draft)
    {
        var bytes = EntryOverhead + tool.Name.Length + Utf8(tool.Title) + Utf8(tool.Description) + tool.InputSchema.Utf8.Length;
        _tool++;
        foreach (var argument in draft.Arguments)
            Add(argument.Schema.Fragment!);
        while (_open.TryPop(out var definition))
        {
            var fragment = definition[SchemaDirection.Input]!;
            bytes += fragment.CompletedLength(SchemaDirection.Input) + definition.NameOf(SchemaDirection.Input).Length + 4;
            Add(fragment);
        }
        return bytes / BytesPerToken;
    }

    private void Add(SchemaFragment fragment)
    {
        foreach (var hole in fragment.Holes)
        {
            ref var countedFor = ref _countedFor[hole.Definition.Index];
            if (countedFor == _tool)
                continue;
            countedFor = _tool;
            _open.Push(hole.Definition);
        }
    }

    private static int Utf8(string? text) => text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
}
