using McpRuntime.Manifests;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// How much of a model's context a tool takes: the bytes of its entry in <c>tools/list</c>, shared schemas included,
/// divided by four, which is what English text and JSON come to.
/// </summary>
internal sealed class TokenEstimate(NamedSchemas schemas)
{
    private const int BytesPerToken = 4;

    // Keys, quotes and annotations of an entry.
    private const int EntryOverhead = 180;

    private readonly Stack<int> _open = new();

    // By number of the schema: the last walk that came by, its own bytes, those of all that it reaches, and what it
    // refers to; 0 and null are unknown.
    private readonly int[] _seenBy = new int[schemas.All.Count];
    private readonly int[] _own = new int[schemas.All.Count];
    private readonly int[] _reached = new int[schemas.All.Count];
    private readonly int[]?[] _references = new int[]?[schemas.All.Count];
    private int _walk;

    /// <param name="tool">The tool.</param>
    /// <param name="written">The same, with its schemas.</param>
    internal int Of(ToolManifest tool, WrittenTool written)
    {
        var bytes =
            EntryOverhead + tool.Name.Length + Utf8(tool.Title) + Utf8(tool.Description) + tool.InputSchema.Utf8.Length;
        _walk++;
        foreach (var argument in written.Arguments)
            Add(Referred(argument));
        return (bytes + Reached()) / BytesPerToken;
    }

    // Many tools refer to one schema and to all that it reaches, which need not be walked for each of them.
    private int Reached()
    {
        if (_open.Count != 1)
            return Walk();
        ref var reached = ref _reached[_open.Peek()];
        if (reached == 0)
            reached = Walk();
        else
            _open.Clear();
        return reached;
    }

    private int Walk()
    {
        var bytes = 0;
        while (_open.TryPop(out var index))
        {
            var named = schemas.All[index];
            var fragment = named.Schema.Input!;
            ref var own = ref _own[index];
            if (own == 0)
                own = fragment.Length(schemas, SchemaDirection.Input) + named.InputName.Length + 4;
            bytes += own;
            Add(_references[index] ??= Referred(fragment));
        }
        return bytes;
    }

    private int[] Referred(SchemaFragment fragment)
    {
        var referred = new int[fragment.References.Count];
        for (var i = 0; i < referred.Length; i++)
            referred[i] = schemas[fragment.References[i].Definition].Index;
        return referred;
    }

    private void Add(int[] referred)
    {
        foreach (var index in referred)
        {
            if (_seenBy[index] == _walk)
                continue;
            _seenBy[index] = _walk;
            _open.Push(index);
        }
    }

    private static int Utf8(string? text) => text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
}
