using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>One JSON or YAML text that an import reads: the document itself, or one it refers to.</summary>
internal sealed class SpecDocument
{
    private readonly Lazy<bool> _saysDirection;
    private readonly Lazy<bool> _saysClosed;

    /// <param name="location">Name for findings.</param>
    /// <param name="retrievalUri">Where the text came from; null for standard input.</param>
    /// <param name="root">The whole text.</param>
    /// <param name="inherited">The line of the document that refers to this one.</param>
    internal SpecDocument(string location, Uri? retrievalUri, JsonElement root, SpecLine inherited = SpecLine.None)
    {
        Location = location;
        RetrievalUri = retrievalUri;
        Root = root;
        Version = SpecVersion.Of(root);
        Line = Version.Line == SpecLine.None ? inherited : Version.Line;
        Resource = new SpecResource(this, BaseUriOf(root, retrievalUri), root, "");
        Embedded = EmbeddedResources.Read(this);
        _saysDirection = new Lazy<bool>(() =>
            Says(JsonMarshal.GetRawUtf8Value(root), "Only\""u8, static value => value.StartsWith("true"u8))
        );
        _saysClosed = new Lazy<bool>(() =>
            Says(JsonMarshal.GetRawUtf8Value(root), "alProperties\""u8, IsRestriction)
            || Says(JsonMarshal.GetRawUtf8Value(root), "tedProperties\""u8, IsRestriction)
        );
    }

    internal string Location { get; }

    internal Uri? RetrievalUri { get; }

    internal JsonElement Root { get; }

    internal SpecVersion Version { get; }

    /// <summary>How schemas and operations of this document are read.</summary>
    internal SpecLine Line { get; }

    /// <summary>The whole document as the base of references.</summary>
    internal SpecResource Resource { get; }

    /// <summary>
    /// Schemas with an <c>$id</c> of their own, by document pointer; null where the document has none.
    /// </summary>
    internal EmbeddedResources? Embedded { get; }

    /// <summary>
    /// Somewhere <c>readOnly</c> or <c>writeOnly</c> is true, or may be: one search of the whole text, since as names
    /// of properties both are common.
    /// </summary>
    internal bool SaysDirection => _saysDirection.Value;

    /// <summary>
    /// Somewhere <c>additionalProperties</c> or <c>unevaluatedProperties</c> forbids or restricts properties, or may
    /// do.
    /// </summary>
    internal bool SaysClosed => _saysClosed.Value;

    private static bool IsRestriction(ReadOnlySpan<byte> value) =>
        value.StartsWith("false"u8)
        || (value.StartsWith("{"u8) && !value[1..].TrimStart(" \t\r\n"u8).StartsWith("}"u8));

    // A name that ends so, with a value that begins in a certain way.
    private static bool Says(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, Func<ReadOnlySpan<byte>, bool> isMeant)
    {
        for (var found = text.IndexOf(name); found >= 0; found = text.IndexOf(name))
        {
            text = text[(found + name.Length)..];
            var rest = text.TrimStart(" \t\r\n"u8);
            if (rest.Length > 0 && rest[0] == ':' && isMeant(rest[1..].TrimStart(" \t\r\n"u8)))
                return true;
        }
        return false;
    }

    // OpenAPI 3.2 section 4.1.2.2 (Establishing the Base URI): $self, itself relative to where the text came from.
    private static Uri? BaseUriOf(JsonElement root, Uri? retrievalUri)
    {
        if (JsonRead.Text(root, "$self"u8) is not { } self)
            return retrievalUri;
        return Uri.TryCreate(self, UriKind.Absolute, out var absolute) && absolute.Scheme != Uri.UriSchemeFile
                ? absolute
            : retrievalUri is not null && Uri.TryCreate(retrievalUri, self, out var relative) ? relative
            : retrievalUri;
    }
}
