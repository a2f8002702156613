using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Writes schema fragments, one after the other.</summary>
internal sealed class FragmentWriter : IDisposable
{
    private static readonly byte[] Filler = [.. Enumerable.Repeat((byte)'x', 128)];

    private readonly ChunkBuffer _buffer = new();
    private readonly List<ReferenceHole> _holes = [];
    private readonly Utf8JsonWriter _json;

    internal FragmentWriter() =>
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            // Text stays readable in the manifest; nothing of it is ever embedded in HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            SkipValidation = true,
            MaxDepth = 1000,
        });

    internal Utf8JsonWriter Json => _json;

    /// <summary>A property was met that exists in one direction only.</summary>
    internal bool DependsOnDirection { get; set; }

    /// <summary>Writes the property <c>$ref</c>.</summary>
    /// <param name="definition">What is referred to.</param>
    /// <param name="way">How it applies.</param>
    /// <param name="room">How long the reference will be, as far as one can tell; bytes.</param>
    internal void WriteReference(SchemaDefinition definition, SchemaWay way, int room)
    {
        _json.WritePropertyName("$ref"u8);
        WriteReferenceText(definition, way, room);
    }

    /// <summary>Writes a reference as the value of a property that is not <c>$ref</c>.</summary>
    /// <param name="definition">What is referred to.</param>
    /// <param name="way">How it applies.</param>
    /// <param name="room">How long the reference will be, as far as one can tell; bytes.</param>
    internal void WriteReferenceText(SchemaDefinition definition, SchemaWay way, int room)
    {
        var filler = Filler[..Math.Min(room, Filler.Length)];
        _json.WriteStringValue(filler);
        _holes.Add(new ReferenceHole(Position - 1 - filler.Length, filler.Length, definition, way));
    }

    /// <summary>What was referred to last, since the last <see cref="Complete"/>.</summary>
    internal SchemaDefinition LastReference => _holes[^1].Definition;

    /// <summary>References written since the last <see cref="Complete"/>.</summary>
    internal int References => _holes.Count;

    /// <summary>Where the next byte of the fragment goes.</summary>
    internal int Position => (int)(_json.BytesCommitted + _json.BytesPending);

    /// <summary>The fragment's text since a position; valid until more is written.</summary>
    internal ReadOnlySpan<byte> Since(int position)
    {
        _json.Flush();
        return _buffer.Pending[position..];
    }

    /// <summary>Takes what was written since the last call.</summary>
    internal SchemaFragment Complete()
    {
        _json.Flush();
        _json.Reset();
        var fragment = new SchemaFragment(_buffer.Take(), _holes.Count == 0 ? [] : [.. _holes]) { DependsOnDirection = DependsOnDirection };
        _holes.Clear();
        DependsOnDirection = false;
        return fragment;
    }

    public void Dispose() => _json.Dispose();
}
