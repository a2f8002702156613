using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents;

/// <summary>
/// A document that was read and parsed. Dispose it when neither its <see cref="Json"/> nor its <see cref="Text"/> is
/// used any longer: their memory is then given to the next document.
/// </summary>
public sealed class LoadedDocument : IDisposable
{
    private readonly ParsedText _parsed;
    private readonly DocumentBuffer? _buffer;
    private readonly BesideParsing<string> _sha256;

    /// <param name="location">The place as the person named it.</param>
    /// <param name="baseUri">What relative references start from.</param>
    /// <param name="bytes">The bytes as they were read.</param>
    /// <param name="parsed">What they say.</param>
    /// <param name="sha256">Of the bytes.</param>
    /// <param name="buffer">Where the bytes are kept; disposed with the document.</param>
    internal LoadedDocument(
        string location, Uri? baseUri, ReadOnlyMemory<byte> bytes, ParsedText parsed, BesideParsing<string> sha256, DocumentBuffer? buffer = null)
    {
        Location = location;
        BaseUri = baseUri;
        Text = bytes;
        _parsed = parsed;
        _sha256 = sha256;
        _buffer = buffer;
    }

    /// <summary>The place as the person named it.</summary>
    public string Location { get; }

    /// <summary>
    /// What relative references start from (RFC 3986 section 5.1.3): the file's absolute <c>file:</c> URL or the URL after
    /// redirects; null for a stream.
    /// </summary>
    public Uri? BaseUri { get; }

    /// <summary>The bytes as they were read.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The text is YAML; JSON otherwise.</summary>
    public bool IsYaml => _parsed.IsYaml;

    public JsonDocument Json => _parsed.Json;

    /// <summary>The UTF-8 text behind <see cref="Json"/>: of a JSON document its own, of a YAML one the conversion.</summary>
    public ReadOnlyMemory<byte> JsonUtf8 => _parsed.JsonUtf8;

    /// <summary>Warnings about the text itself, such as keys that come twice; each has line and column.</summary>
    public IReadOnlyList<Finding> Findings => _parsed.Findings;

    /// <summary>Lower-case hexadecimal SHA-256 of <see cref="Text"/>.</summary>
    public string Sha256 => _sha256.Result;

    /// <summary>Parses bytes that somebody else read, within <paramref name="limits"/>.</summary>
    /// <exception cref="FindingsException">The bytes are no JSON or YAML document.</exception>
    public static LoadedDocument Parse(
        ReadOnlyMemory<byte> bytes, string location, Uri? baseUri = null, DocumentLimits? limits = null)
    {
        limits ??= new DocumentLimits();
        if (bytes.Length > limits.MaxBytes)
            throw DocumentFailure.TooLarge(location, limits.MaxBytes, bytes.Length);
        var sha256 = DocumentFingerprint.Of(bytes);
        return new LoadedDocument(location, baseUri, bytes, DocumentParser.Parse(bytes, location, limits), sha256);
    }

    /// <summary>The finding with source, line and column of its pointer, or of the nearest place above that exists.</summary>
    public Finding Locate(Finding finding) => Locate([finding])[0];

    /// <summary>All findings with their places; one pass over the text, however many there are.</summary>
    public IReadOnlyList<Finding> Locate(IReadOnlyList<Finding> findings) =>
        SourceLocator.Locate(_parsed, Location, findings);

    public void Dispose()
    {
        _parsed.Json.Dispose();
        // Memory that is still read is left to the garbage collector.
        if (_sha256.IsDone && _parsed.IsIdle)
            _buffer?.Dispose();
    }
}
