using System.ComponentModel;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

/// <summary>Tools that answer at once, one for each kind of content.</summary>
internal static class ContentTools
{
    /// <summary>One red pixel.</summary>
    public static readonly byte[] Pixel = Encoding.ASCII.GetBytes(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
    );

    private static readonly byte[] Silence = Encoding.ASCII.GetBytes(
        "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA="
    );

    public static IEnumerable<McpServerTool> All() =>
        [
            Tool("test_simple_text", () => "This is a simple text response for testing."),
            Tool("test_image_content", Image),
            Tool("test_audio_content", () => new AudioContentBlock { Data = Silence, MimeType = "audio/wav" }),
            Tool("test_embedded_resource", () =>
                Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")
            ),
            Tool("test_multiple_content_types", () => new ContentBlock[]
                {
                    new TextContentBlock { Text = "Multiple content types test:" },
                    Image(),
                    Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
                }),
            Tool("test_error_handling", () =>
                new CallToolResult
                {
                    IsError = true,
                    Content = [new TextContentBlock { Text = "This tool intentionally returns an error for testing" }],
                }
            ),
            Tool("test_reconnection", () => "Reconnection test completed successfully"),
            Tool("test_streaming_elicitation", () => "Only the result comes, and no request of the server's own."),
            Tool("test_header_tool", ([McpHeader("Region"), Description("Where to run.")] string region) =>
                $"Ran in {region}."
            ),
            WithSchema(),
        ];

    public static EmbeddedResourceBlock Embedded(string uri, string mimeType, string text) =>
        new()
        {
            Resource = new TextResourceContents
            {
                Uri = uri,
                MimeType = mimeType,
                Text = text,
            },
        };

    public static ImageContentBlock Image() => new() { Data = Pixel, MimeType = "image/png" };

    public static McpServerTool Tool(string name, Delegate body) =>
        McpServerTool.Create(
            body,
            new McpServerToolCreateOptions { Name = name, Description = $"{name} of the conformance suite." }
        );

    // The schema is in the suite's source, member by member.
    private static McpServerTool WithSchema()
    {
        var tool = Tool("json_schema_2020_12_tool", () => "The schema was kept.");
        tool.ProtocolTool.InputSchema = JsonElement.Parse(
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": { "address": { "$anchor": "addressDef", "type": "object", "properties": { "street": { "type": "string" }, "city": { "type": "string" } } } },
              "properties": {
                "name": { "type": "string" },
                "address": { "$ref": "#/$defs/address" },
                "contactMethod": { "type": "string", "enum": [ "phone", "email" ] },
                "phone": { "type": "string" },
                "email": { "type": "string" }
              },
              "allOf": [ { "anyOf": [ { "required": [ "phone" ] }, { "required": [ "email" ] } ] } ],
              "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": [ "contactMethod" ] },
              "then": { "required": [ "phone" ] },
              "else": { "required": [ "email" ] },
              "additionalProperties": false
            }
            """
        );
        return tool;
    }
}
