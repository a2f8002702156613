using System.Text;
using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using McpRuntime.Network;
using McpRuntime.OpenApi;

namespace McpRuntime.Http.Projects;

/// <summary>
/// Imports an OpenAPI document for a project. The document is fetched under the gateway's own address rules: anyone who
/// may manage must not reach hosts of the gateway's network, or files of its machine, through it. The networks that the
/// operator allows are for holders of <see cref="Access.Rights.Network"/>.
/// </summary>
internal static class ProjectImport
{
    private static readonly AddressPolicy PublicOnly = AddressPolicy.PublicUnless(
        "A holder of the right 'network' can import from the networks of MCP_RUNTIME_ALLOWED_NETWORKS."
    );

    public static async Task<ImportResult> RunAsync(
        JsonElement body,
        IServiceProvider services,
        bool reachesPrivate,
        CancellationToken cancellationToken
    )
    {
        body.AllowOnly("url", "document", "name", "baseUrl", "paths", "tags", "operations", "readOnly", "maxTools");
        var settings = services.GetRequiredService<RuntimeSettings>();
        var http = services.GetRequiredService<GuardedHttp>();
        var policy = reachesPrivate
            ? new AddressPolicy(settings.AllowedNetworks, names: settings.OptionNames)
            : PublicOnly;
        var importer = new OpenApiImporter(new DocumentLoader(settings.DocumentLimits, _ => http.For(policy)));
        return await importer.ImportAsync(Source(body), Options(body), cancellationToken);
    }

    /// <summary>Where the document is from, for the audit; the query of a URL may hold a key.</summary>
    public static string SourceOf(JsonElement body) =>
        body.Text("url", 2000) is { } url
            ? $"from {UntrustedText.Clean(new Uri(url).GetLeftPart(UriPartial.Path))}"
            : "from a document in the request";

    private static DocumentSource Source(JsonElement body)
    {
        var url = body.Text("url", 2000);
        if (!body.TryGetProperty("document", out var document))
            return new DocumentSource.FromUri(Url(url ?? throw Invalid("The body needs 'url' or 'document'."), "url"));
        if (url is not null)
            throw Invalid("The body takes 'url' or 'document', not both.");
        // As JSON or, in a string, as text.
        var text = document.ValueKind == JsonValueKind.String ? document.GetString()! : document.GetRawText();
        return new DocumentSource.FromStream("document", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));
    }

    private static ImportOptions Options(JsonElement body) =>
        new()
        {
            Names = GatewayOptionNames.Names,
            Name = body.Text("name", 100),
            BaseUrl = body.Text("baseUrl", 2000) is { } url ? Url(url, "baseUrl") : null,
            IncludePaths = body.Texts("paths") ?? [],
            IncludeTags = body.Texts("tags") ?? [],
            IncludeOperations = body.Texts("operations") ?? [],
            ReadOnly = body.Flag("readOnly") ?? false,
            MaxTools = body.Whole("maxTools", 1, 10_000),
        };

    private static Uri Url(string text, string name) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url!
            : throw Invalid($"'{name}' must be an http or https URL.");

    private static ProblemException Invalid(string detail) => new(Problem.Invalid(detail));
}
