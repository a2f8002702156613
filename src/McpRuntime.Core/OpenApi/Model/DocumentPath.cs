using System.Globalization;
using System.Runtime.CompilerServices;
using McpRuntime.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>
/// A place in a document as the way that led there. Every value that is read has one and almost none is ever shown,
/// so the pointer is spelled only when someone asks.
/// </summary>
internal sealed class DocumentPath
{
    private const int ShortPointer = 256;

    private readonly DocumentPath? _parent;
    private readonly string _token;
    private readonly int _index;

    /// <param name="pointer">A JSON pointer that is already spelled.</param>
    internal DocumentPath(string pointer)
    {
        _token = pointer;
        _index = -1;
    }

    private DocumentPath(DocumentPath parent, string token, int index)
    {
        _parent = parent;
        _token = token;
        _index = index;
    }

    /// <summary>The document as a whole.</summary>
    internal static DocumentPath Root { get; } = new("");

    internal DocumentPath Child(string name) => new(this, name, -1);

    internal DocumentPath Child(int index) => new(this, "", index);

    /// <summary>The JSON pointer (RFC 6901).</summary>
    public override string ToString()
    {
        if (_parent is null)
            return _token;
        var pointer = new DefaultInterpolatedStringHandler(
            0,
            0,
            CultureInfo.InvariantCulture,
            stackalloc char[ShortPointer]
        );
        AppendTo(ref pointer);
        return pointer.ToStringAndClear();
    }

    private void AppendTo(ref DefaultInterpolatedStringHandler pointer)
    {
        if (_parent is null)
        {
            pointer.AppendLiteral(_token);
            return;
        }
        _parent.AppendTo(ref pointer);
        pointer.AppendLiteral("/");
        if (_index >= 0)
            pointer.AppendFormatted(_index);
        else
            pointer.AppendLiteral(JsonPointer.Escape(_token));
    }
}
