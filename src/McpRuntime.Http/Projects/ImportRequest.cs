using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Http.Projects;

/// <summary>The body of <c>POST /v1/projects/{project}/imports</c>.</summary>
internal static class ImportRequest
{
    public static readonly string[] Fields =
    [
        "url",
        "document",
        "name",
        "baseUrl",
        "paths",
        "excludePaths",
        "tags",
        "excludeTags",
        "operations",
        "methods",
        "readOnly",
        "skipDeprecated",
        "maxTools",
        "tools",
        "preview",
    ];

    /// <summary>Where the document is from, for the audit; the query of a URL may hold a key.</summary>
    public static string Describe(JsonElement body) =>
        body.Text("url", 2000) is { } url ? $"from {UntrustedText.Clean(new Uri(url).GetLeftPart(UriPartial.Path))}"
        : body.TryGetProperty("document", out _) ? "from a document in the request"
        : "from the document of the last import";

    /// <param name="body">The request.</param>
    /// <param name="recorded">Of the connector that is there; null for none.</param>
    public static DocumentSource SourceOf(JsonElement body, ManifestSource? recorded)
    {
        var url = body.Text("url", 2000);
        if (body.TryGetProperty("document", out var document))
        {
            if (url is not null)
                throw Invalid("The body takes 'url' or 'document', not both.");
            // As JSON or, in a string, as text.
            var text = document.ValueKind == JsonValueKind.String ? document.GetString()! : document.GetRawText();
            return new DocumentSource.FromStream("document", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));
        }
        if (url is not null)
            return new DocumentSource.FromUri(Url(url, "url"));
        // A file of the gateway's machine is never read: a manifest that someone installed could name any.
        return Uri.TryCreate(recorded?.Location, UriKind.Absolute, out var last) && last.Scheme is "http" or "https"
            ? new DocumentSource.FromUri(last!)
            : throw Invalid(
                recorded is null
                    ? "The body needs 'url' or 'document'; 'name' alone imports a connector again that has been "
                        + "imported from a URL."
                    : "The connector was not imported from a URL, so the body needs 'url' or 'document'."
            );
    }

    public static ImportOptions OptionsOf(JsonElement body) =>
        new()
        {
            Names = GatewayOptionNames.Names,
            Name = body.Text("name", ConnectorName.MaxLength),
            BaseUrl = body.Text("baseUrl", 2000) is { } url ? Url(url, "baseUrl") : null,
            IncludePaths = body.Texts("paths") ?? [],
            ExcludePaths = body.Texts("excludePaths") ?? [],
            IncludeTags = body.Texts("tags") ?? [],
            ExcludeTags = body.Texts("excludeTags") ?? [],
            IncludeOperations = body.Texts("operations") ?? [],
            Methods = body.Texts("methods") ?? [],
            ReadOnly = body.Flag("readOnly") ?? false,
            SkipDeprecated = body.Flag("skipDeprecated") ?? false,
            MaxTools = body.Whole("maxTools", 1, 10_000),
        };

    private static Uri Url(string text, string name) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url!
            : throw Invalid($"'{name}' must be an http or https URL.");

    private static ProblemException Invalid(string detail) => new(Problem.Invalid(detail));
}
