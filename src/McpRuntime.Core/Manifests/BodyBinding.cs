using System.Collections.ObjectModel;

namespace McpRuntime.Manifests;

/// <summary>How the request body is made (OpenAPI 3.2, Request Body Object and Encoding Object).</summary>
public sealed record BodyBinding
{
    /// <summary>The media type that goes out.</summary>
    public required string ContentType { get; init; }

    /// <summary>A body goes out even if no argument for it was given.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// The argument that is the whole body; null where the body is flattened into <see cref="ArgumentLocation.Body"/>
    /// arguments.
    /// </summary>
    public string? Argument { get; init; }

    /// <summary>By property of a form or multipart body.</summary>
    public IReadOnlyDictionary<string, PartEncoding> Encoding { get; init; } =
        ReadOnlyDictionary<string, PartEncoding>.Empty;
}

/// <summary>How one property of a form or multipart body is serialized.</summary>
public sealed record PartEncoding
{
    /// <summary>
    /// The part is a file: its argument gives <c>filename</c>, <c>content_type</c> and <c>text</c> or <c>base64</c>.
    /// </summary>
    public bool File { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Fixed headers of the part.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public ParameterStyle? Style { get; init; }

    public bool? Explode { get; init; }

    public ArrayDelimiter Delimiter { get; init; }

    /// <inheritdoc cref="ArgumentBinding.Items"/>
    public ArrayItems? Items { get; init; }

    public bool AllowReserved { get; init; }
}
