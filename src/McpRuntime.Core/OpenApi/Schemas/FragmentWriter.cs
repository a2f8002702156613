using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Writes schema fragments, one after the other.</summary>
internal sealed class FragmentWriter : IDisposable
{
    private readonly ChunkBuffer _buffer = new();
    private readonly List<FragmentReference> _references = [];

    internal FragmentWriter() =>
        Json = new Utf8JsonWriter(
            _buffer,
            new JsonWriterOptions
            {
                // Text stays readable in the manifest; nothing of it is ever embedded in HTML.
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                SkipValidation = true,
                MaxDepth = 1000,
            }
        );

    internal Utf8JsonWriter Json { get; }

    /// <summary>A property was met that exists in one direction only.</summary>
    internal bool DependsOnDirection { get; set; }

    /// <summary>What was referred to last, since the last <see cref="Complete"/>.</summary>
    internal SchemaDefinition LastReference => _references[^1].Definition;

    /// <summary>References written since the last <see cref="Complete"/>.</summary>
    internal int References => _references.Count;

    /// <summary>Writes a reference as the value of the property whose name was written.</summary>
    /// <param name="definition">What is referred to.</param>
    /// <param name="way">How it applies.</param>
    internal void WriteReference(SchemaDefinition definition, SchemaWay way)
    {
        Json.WriteStringValue(""u8);
        _references.Add(new FragmentReference((int)(Json.BytesCommitted + Json.BytesPending) - 1, definition, way));
    }

    /// <summary>Takes what was written since the last call.</summary>
    internal SchemaFragment Complete()
    {
        Json.Flush();
        Json.Reset();
        var fragment = new SchemaFragment(_buffer.Take(), _references.Count == 0 ? [] : [.. _references])
        {
            DependsOnDirection = DependsOnDirection,
        };
        _references.Clear();
        DependsOnDirection = false;
        return fragment;
    }

    public void Dispose() => Json.Dispose();
}
