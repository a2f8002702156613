namespace McpRuntime.Manifests;

/// <summary>
/// The words of the manifest for each enumeration, indexed by its value; the reader and the writer share them.
/// </summary>
internal static class ManifestWords
{
    /// <summary>By <see cref="ArgumentLocation"/>.</summary>
    public static readonly string[] Locations = ["path", "query", "header", "cookie", "querystring", "body"];

    /// <summary>The locations of an API key: header, query, cookie.</summary>
    public static readonly string[] KeyLocations = ["header", "query", "cookie"];

    /// <summary>By <see cref="ParameterStyle"/>; OpenAPI's own spelling.</summary>
    public static readonly string[] Styles = ["simple", "label", "matrix", "form", "deepObject", "cookie"];

    /// <summary>By <see cref="ArrayDelimiter"/>.</summary>
    public static readonly string[] Delimiters = ["comma", "space", "pipe", "tab"];

    /// <summary>By <see cref="Configuration.ArgumentCheck"/>.</summary>
    public static readonly string[] ArgumentChecks = ["standard", "strict"];

    /// <summary>By <see cref="PagingStyle"/>.</summary>
    public static readonly string[] PagingStyles =
    [
        "link",
        "next_url",
        "cursor",
        "last_item",
        "page",
        "offset",
        "none",
    ];

    /// <summary>By <see cref="OAuth2Flow"/>.</summary>
    public static readonly string[] Flows =
    [
        "client_credentials",
        "authorization_code",
        "implicit",
        "password",
        "device_authorization",
    ];

    /// <summary>By <see cref="ClientAuthentication"/>.</summary>
    public static readonly string[] ClientAuthentications = ["basic", "post"];
}
