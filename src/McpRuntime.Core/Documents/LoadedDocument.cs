using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Concurrency;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents;

/// <summary>
/// A document that was read and parsed. Dispose it when its <see cref="Json"/> is not used any longer.
/// </summary>
public sealed class LoadedDocument : IDisposable
{
    private readonly ParsedText _parsed;
    private readonly Task<string> _sha256;

    /// <exception cref="FindingsException">The bytes are no JSON or YAML document.</exception>
    internal LoadedDocument(ReadOnlyMemory<byte> bytes, string location, Uri? baseUri, DocumentLimits limits)
    {
        Location = location;
        BaseUri = baseUri;
        Text = bytes;
        _parsed = DocumentParser.Parse(bytes, location, limits);
        _sha256 = BackgroundScan.Start(bytes, static text => Convert.ToHexStringLower(SHA256.HashData(text.Span)));
    }

    /// <summary>The place as the person named it.</summary>
    public string Location { get; }

    /// <summary>
    /// What relative references start from (RFC 3986 section 5.1.3): the file's absolute <c>file:</c> URL or the URL
    /// after redirects; null for a stream.
    /// </summary>
    public Uri? BaseUri { get; }

    /// <summary>The bytes as they were read.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The text is YAML; JSON otherwise.</summary>
    public bool IsYaml => _parsed.IsYaml;

    public JsonDocument Json => _parsed.Json;

    /// <summary>
    /// The UTF-8 text behind <see cref="Json"/>: of a JSON document its own, of a YAML one the conversion.
    /// </summary>
    public ReadOnlyMemory<byte> JsonUtf8 => _parsed.JsonUtf8;

    /// <summary>Warnings about the text itself, such as keys that come twice; each has line and column.</summary>
    public IReadOnlyList<Finding> Findings => _parsed.Findings;

    /// <summary>Lower-case hexadecimal SHA-256 of <see cref="Text"/>.</summary>
    public string Sha256 => _sha256.GetAwaiter().GetResult();

    /// <summary>Parses bytes that someone else read, within <paramref name="limits"/>.</summary>
    /// <exception cref="FindingsException">The bytes are no JSON or YAML document.</exception>
    public static LoadedDocument Parse(
        ReadOnlyMemory<byte> bytes,
        string location,
        Uri? baseUri = null,
        DocumentLimits? limits = null
    )
    {
        limits ??= new DocumentLimits();
        return bytes.Length <= limits.MaxBytes
            ? new LoadedDocument(bytes, location, baseUri, limits)
            : throw DocumentFailure.TooLarge(location, limits.MaxBytes, bytes.Length);
    }

    /// <summary>
    /// The finding with source, line and column of its pointer, or of the nearest place above that exists.
    /// </summary>
    public Finding Locate(Finding finding) => Locate([finding])[0];

    /// <summary>All findings with their places; one pass over the text, however many there are.</summary>
    public IReadOnlyList<Finding> Locate(IReadOnlyList<Finding> findings) =>
        SourceLocator.Locate(_parsed, Location, findings);

    public void Dispose() => _parsed.Json.Dispose();
}
