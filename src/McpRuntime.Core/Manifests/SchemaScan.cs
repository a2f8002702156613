using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>One <c>$ref</c> to a shared schema.</summary>
/// <param name="Start">Offset of the string's opening quote in the text.</param>
/// <param name="Length">Bytes of the string, quotes included.</param>
/// <param name="Name">Name of the shared schema, all escapes undone.</param>
/// <param name="RawName">The name as it is in the reference.</param>
/// <param name="Rest">What follows the name in the pointer, as it is: empty or <c>/…</c>.</param>
/// <param name="IsPlain">The string holds no JSON escape, so that its bytes can be kept.</param>
internal sealed record DefinitionReference(
    int Start,
    int Length,
    string Name,
    string RawName,
    string Rest,
    bool IsPlain
);

/// <summary>
/// Where a schema's text refers to shared schemas, and where its own definitions are: one pass over the bytes. Only
/// <c>$ref</c> and the mapping of a <c>discriminator</c> as keywords of a schema count, never the same words in an
/// example or as the name of a property.
/// </summary>
internal sealed class SchemaScan
{
    public const string DefinitionsPrefix = "#/definitions/";

    /// <summary>Documents are bounded to 256 when they are read; the recursion below has the same bound.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    private readonly List<DefinitionReference> _references = [];

    private SchemaScan() { }

    public IReadOnlyList<DefinitionReference> References => _references;

    /// <summary>Names in the root's own <c>definitions</c>: references to those mean the schema's own.</summary>
    public HashSet<string>? OwnDefinitions { get; private set; }

    /// <summary>Names in the root's own <c>$defs</c>.</summary>
    public HashSet<string>? OwnDefs { get; private set; }

    /// <summary>Offset of the closing brace of the root's own <c>$defs</c>; -1 without one.</summary>
    public int OwnDefsEnd { get; private set; } = -1;

    /// <summary>Offset of the closing brace of the root; -1 when the root is not an object.</summary>
    public int RootEnd { get; private set; } = -1;

    public static SchemaScan Of(ReadOnlySpan<byte> schema)
    {
        var scan = new SchemaScan();
        var reader = new Utf8JsonReader(schema, Options);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            scan.ReadSchema(ref reader, isRoot: true);
            scan.RootEnd = (int)reader.TokenStartIndex;
        }

        return scan;
    }

    private void ReadSchema(ref Utf8JsonReader reader, bool isRoot)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isDefs = isRoot && reader.ValueTextEquals("$defs"u8);
            var isDefinitions = isRoot && reader.ValueTextEquals("definitions"u8);
            var isReference = reader.ValueTextEquals("$ref"u8);
            var isDiscriminator = reader.ValueTextEquals("discriminator"u8);
            var context = SubschemaKeywords.ContextOf(reader.ValueSpan);
            reader.Read();
            if (isReference)
                AddReference(ref reader);
            else if (isDiscriminator && reader.TokenType == JsonTokenType.StartObject)
                ReadDiscriminator(ref reader);
            else if (isDefs && reader.TokenType == JsonTokenType.StartObject)
                ReadOwnDefs(ref reader);
            else if (isDefinitions && reader.TokenType == JsonTokenType.StartObject)
                ReadMap(ref reader, OwnDefinitions = []);
            else
                ReadValue(ref reader, context);
        }
    }

    private void ReadDiscriminator(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMapping = reader.ValueTextEquals("mapping"u8);
            reader.Read();
            if (!isMapping || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                reader.Read();
                AddReference(ref reader);
            }
        }
    }

    private void ReadOwnDefs(ref Utf8JsonReader reader)
    {
        ReadMap(ref reader, OwnDefs = []);
        OwnDefsEnd = (int)reader.TokenStartIndex;
    }

    private void ReadValue(ref Utf8JsonReader reader, SchemaContext context)
    {
        switch (reader.TokenType, context)
        {
            case (JsonTokenType.StartObject, SchemaContext.Schema):
                ReadSchema(ref reader, isRoot: false);
                break;
            case (JsonTokenType.StartObject, SchemaContext.SchemaMap):
                ReadMap(ref reader, names: null);
                break;
            case (JsonTokenType.StartArray, SchemaContext.Schema):
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadValue(ref reader, SchemaContext.Schema);
                break;
            case (JsonTokenType.StartObject or JsonTokenType.StartArray, _):
                reader.Skip();
                break;
        }
    }

    private void ReadMap(ref Utf8JsonReader reader, HashSet<string>? names)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names?.Add(reader.GetString()!);
            reader.Read();
            ReadValue(ref reader, SchemaContext.Schema);
        }
    }

    private void AddReference(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }

        var value = reader.GetString()!;
        if (!value.StartsWith(DefinitionsPrefix, StringComparison.Ordinal))
            return;
        var pointer = value.AsSpan(DefinitionsPrefix.Length);
        var slash = pointer.IndexOf('/');
        var name = slash < 0 ? pointer : pointer[..slash];
        var start = (int)reader.TokenStartIndex;
        _references.Add(
            new DefinitionReference(
                start,
                (int)reader.BytesConsumed - start,
                JsonPointer.Unescape(Uri.UnescapeDataString(name)),
                name.ToString(),
                slash < 0 ? "" : pointer[slash..].ToString(),
                !reader.ValueIsEscaped
            )
        );
    }
}
