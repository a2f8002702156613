using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

internal static class Resources
{
    public static IEnumerable<McpServerResource> All() =>
        [
            Resource("test://static-text", "text/plain", () => "This is the content of the static text resource."),
            Resource("test://watched-resource", "text/plain", () => "Watched."),
            Resource("test://static-binary", "image/png", () => new BlobResourceContents
                {
                    Uri = "test://static-binary",
                    MimeType = "image/png",
                    Blob = ContentTools.Pixel,
                }),
            Resource("test://template/{id}/data", "application/json", (string id) => new TextResourceContents
                {
                    Uri = $"test://template/{id}/data",
                    MimeType = "application/json",
                    Text = $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}""",
                }),
        ];

    private static McpServerResource Resource(string uri, string mimeType, Delegate body) =>
        McpServerResource.Create(
            body,
            new McpServerResourceCreateOptions
            {
                UriTemplate = uri,
                Name = uri,
                MimeType = mimeType,
                Description = $"{uri} of the conformance suite.",
            }
        );
}
