using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// The part of a request that an argument fills (OpenAPI 3.2, Parameter Object, <c>in</c>; and the body).
/// </summary>
public enum ArgumentLocation
{
    Path,
    Query,
    Header,
    Cookie,

    /// <summary>The whole query string (OpenAPI 3.2 <c>querystring</c>).</summary>
    QueryString,

    /// <summary>One property of the body.</summary>
    Body,
}

/// <summary>
/// Serialization style (OpenAPI 3.2, Style Values); the delimited ones are <see cref="Form"/> with a
/// <see cref="ArrayDelimiter"/>.
/// </summary>
public enum ParameterStyle
{
    Simple,
    Label,
    Matrix,
    Form,
    DeepObject,

    /// <summary>OpenAPI 3.2 <c>cookie</c>: as form, but nothing is percent-encoded.</summary>
    Cookie,
}

/// <summary>What is between the items of an array that is not exploded, where it is not a comma.</summary>
public enum ArrayDelimiter
{
    Comma,
    Space,
    Pipe,
    Tab,
}

/// <summary>
/// How an array that is an item of an array becomes text (OpenAPI 2.0, Items Object, <c>collectionFormat</c>).
/// </summary>
/// <param name="Delimiter">Between its own items.</param>
/// <param name="Items">How arrays among those are joined; null for none.</param>
public sealed record ArrayItems(ArrayDelimiter Delimiter, ArrayItems? Items = null);

/// <summary>The one place of one argument.</summary>
public sealed record ArgumentBinding
{
    public required ArgumentLocation In { get; init; }

    /// <summary>The name on the wire; null only for <see cref="ArgumentLocation.QueryString"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Null: the default of the location (simple for path and header, form for query and cookie).</summary>
    public ParameterStyle? Style { get; init; }

    /// <summary>Null: true for form and cookie, else false.</summary>
    public bool? Explode { get; init; }

    public ArrayDelimiter Delimiter { get; init; }

    /// <summary>For arrays of arrays; null where an array in an array is sent as JSON.</summary>
    public ArrayItems? Items { get; init; }

    /// <summary>
    /// Reserved characters (RFC 3986 section 2.2) are sent as they are; in a path all but <c>/ ? #</c>.
    /// </summary>
    public bool AllowReserved { get; init; }

    /// <summary>
    /// The value fills several segments of the path (<c>{+name}</c>, <c>{path*}</c>, <c>x-ms-skip-url-encoding</c>):
    /// <c>/</c> is sent as it is, and empty or dot segments are refused, percent-encoded ones too.
    /// </summary>
    public bool AllowSlash { get; init; }

    /// <summary>An empty value is sent as <c>name=</c> (OpenAPI <c>allowEmptyValue</c>).</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>
    /// Set for a <c>content</c> parameter: the value is serialized as this media type instead of by style.
    /// </summary>
    public string? ContentType { get; init; }
}

/// <summary>A value of the manifest that every call sends.</summary>
/// <param name="In">The place.</param>
/// <param name="Name">The name on the wire.</param>
/// <param name="Value">A string, or for a body property any JSON value.</param>
public sealed record FixedValue(ArgumentLocation In, string Name, JsonText Value);
