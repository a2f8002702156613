using System.Buffers;
using System.Text.Json;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Guards;
using McpRuntime.Http.Problems;
using McpRuntime.Json;
using McpRuntime.Server;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// The server card of <c>/mcp</c> (SEP-2127) and the catalog that lists it, so that clients find the endpoint and the
/// revisions that it speaks before they connect. Only a gateway with a public URL has them, and only for <c>/mcp</c>:
/// names of connectors and projects are for callers.
/// </summary>
internal sealed class ServerCard
{
    private const string CardType = "application/mcp-server-card+json";
    private const string CatalogType = "application/ai-catalog+json";
    private const string Schema = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json";

    private readonly Lazy<byte[]> _card;
    private readonly Lazy<byte[]> _catalog;
    private readonly GatewaySettings _settings;

    public ServerCard(GatewaySettings settings, ResourceUrls urls)
    {
        _settings = settings;
        _card = new Lazy<byte[]>(() => Json(writer => WriteCard(writer, urls.Root)));
        _catalog = new Lazy<byte[]>(() => Json(writer => WriteCatalog(writer, urls.Root)));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var card = routes.ServiceProvider.GetRequiredService<ServerCard>();
        routes.MapGet(PublicDocument.Card, context => card.AnswerAsync(context, CardType, card._card)).AllowAnonymous();
        foreach (var path in (string[])[PublicDocument.Catalog, PublicDocument.McpCatalog])
            routes.MapGet(path, context => card.AnswerAsync(context, CatalogType, card._catalog)).AllowAnonymous();
    }

    private async Task AnswerAsync(HttpContext context, string type, Lazy<byte[]> content)
    {
        if (_settings.PublicUrl is null)
            throw new ProblemException(
                Problem.NotFound("This gateway has no public URL to show; MCP_RUNTIME_PUBLIC_URL sets it.")
            );
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET";
        headers.AccessControlAllowHeaders = "Content-Type, If-None-Match";
        headers.AccessControlExposeHeaders = "ETag";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        var isUnchanged = context.AnswerUnchanged(EntityResponse.TagOf(content.Value));
        headers.CacheControl = "public, max-age=3600";
        headers.Vary = default;
        if (isUnchanged)
            return;
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Value.Length;
        await context.Response.Body.WriteAsync(content.Value, context.RequestAborted);
    }

    private void WriteCard(Utf8JsonWriter writer, string root)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema"u8, Schema);
        // A name is a domain backwards, and the program.
        writer.WriteString("name"u8, $"{Backwards(_settings.PublicUrl!)}/{ServerIdentity.Name}");
        writer.WriteString("title"u8, ServerIdentity.Title);
        writer.WriteString("description"u8, "Operations of REST APIs as tools; a token decides which.");
        writer.WriteString("version"u8, ServerIdentity.Version);
        writer.WriteStartArray("remotes"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "streamable-http");
        writer.WriteString("url"u8, root + "/mcp");
        WriteToken(writer);
        writer.WriteStartArray("supportedProtocolVersions"u8);
        foreach (var revision in ProtocolEra.All)
            writer.WriteStringValue(revision);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // With an issuer, clients get a token from it by themselves (RFC 9728).
    private void WriteToken(Utf8JsonWriter writer)
    {
        if (_settings.Issuers.Count > 0)
            return;
        writer.WriteStartArray("headers"u8);
        writer.WriteStartObject();
        writer.WriteString("name"u8, "Authorization");
        writer.WriteString("description"u8, "'Bearer ' and an API token, which the operator of the gateway creates.");
        writer.WriteBoolean("isRequired"u8, true);
        writer.WriteBoolean("isSecret"u8, true);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private void WriteCatalog(Utf8JsonWriter writer, string root)
    {
        writer.WriteStartObject();
        writer.WriteString("specVersion"u8, "1.0");
        writer.WriteStartArray("entries"u8);
        writer.WriteStartObject();
        writer.WriteString("identifier"u8, $"urn:air:{_settings.PublicUrl!.Host}:mcp:{ServerIdentity.Name}");
        writer.WriteString("type"u8, CardType);
        writer.WriteString("url"u8, root + PublicDocument.Card);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Backwards(Uri url) =>
        url.HostNameType == UriHostNameType.Dns ? string.Join('.', url.IdnHost.Split('.').Reverse()) : "localhost";

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, ReadableJson.OneLine))
            write(writer);
        return output.WrittenSpan.ToArray();
    }
}
