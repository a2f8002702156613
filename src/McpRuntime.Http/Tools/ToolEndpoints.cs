using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Problems;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Server;

namespace McpRuntime.Http.Tools;

/// <summary><c>/v1/tools</c>: the tools of a caller, and calls of them for clients without MCP.</summary>
internal static class ToolEndpoints
{
    // A catalog is the same for all callers of one access, until a reload.
    private static readonly ConditionalWeakTable<ToolCatalog, string> Tags = [];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/tools", ListAsync).ForCallers();
        ToolCostEndpoint.Map(routes);
        routes.MapPost("/v1/tools/{tool}", CallAsync).ForCallers();
    }

    private static async Task ListAsync(HttpContext context)
    {
        var (_, call) = await OpenAsync(context);
        var tools = call.Tools.Catalog;
        if (Tags.TryGetValue(tools, out var tag) && context.AnswerUnchanged(tag))
            return;
        var content = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(content, ReadableJson.OneLine))
            Write(writer, tools);
        tag ??= Tags.GetValue(tools, _ => EntityResponse.TagOf(content.WrittenSpan));
        if (context.AnswerUnchanged(tag))
            return;
        context.Response.ContentType = "application/json";
        await context.Response.BodyWriter.WriteAsync(content.WrittenMemory, context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, ToolCatalog tools)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools.Tools)
            Write(writer, tool, SchemaBundler.Of(tool.Connector));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // The body is the arguments object.
    private static async Task CallAsync(HttpContext context)
    {
        var (route, call) = await OpenAsync(context);
        var name = (string)context.Request.RouteValues["tool"]!;
        var arguments = await context.Request.ReadObjectAsync(allowsNul: true);
        ToolAnswer answer;
        try
        {
            answer = await route.CallAsync(call, name, arguments, context.RequestAborted);
        }
        catch (UnresolvedToolException unresolved)
        {
            throw new ProblemException(
                unresolved.IsAmbiguous ? Problem.Conflict(unresolved.Message) : Problem.NotFound(unresolved.Message)
            );
        }
        await context.Response.WriteJsonAsync(200, writer => Write(writer, answer));
    }

    /// <summary>The tools of the caller, in the project that the query names.</summary>
    public static async Task<(ToolRoute Route, ToolCallContext Call)> OpenAsync(HttpContext context)
    {
        var project = context.Request.Query["project"].ToString() is { Length: > 0 } named ? named : null;
        var scopes = context.RequestServices.GetRequiredService<McpScopes>();
        var scope = await scopes.FindAsync(project, null, exposure: null, Caller.Of(context), context.RequestAborted)
            ?? throw new ProblemException(
                Problem.NotFound("There is no such project, or none for this caller.") with
                {
                    IsRefusal = scopes.Has(project, connector: null),
                }
            );
        var route = scope.Server.Route;
        return (
            route,
            await route.OpenAsync(new RequestOrigin(context.User, HasBuiltIns: false), context.RequestAborted)
        );
    }

    private static void Write(Utf8JsonWriter writer, ServedTool tool, SchemaBundler bundler)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, tool.Name);
        writer.WriteString("connector"u8, tool.Connector.Name);
        writer.WriteString("title"u8, UntrustedText.Clean(tool.Tool.Title));
        writer.WriteString("description"u8, UntrustedText.CleanMultiline(tool.Tool.Description));
        writer.WriteString("endpoint"u8, UntrustedText.Clean(tool.Tool.Endpoint));
        writer.WriteBoolean("readOnly"u8, tool.IsReadOnly);
        writer.WriteStartArray("tags"u8);
        foreach (var tag in tool.Tool.Tags)
            writer.WriteStringValue(UntrustedText.Clean(tag));
        writer.WriteEndArray();
        writer.WritePropertyName("inputSchema"u8);
        SchemaDiscriminators.Remove(bundler.Bundle(tool.Tool.InputSchema)).WriteTo(writer);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ToolAnswer answer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("isError"u8, answer.IsError);
        if (answer.Status is { } status)
            writer.WriteNumber("status"u8, status);
        if (answer.Headers.Count > 0)
        {
            writer.WriteStartObject("headers"u8);
            foreach (var (name, value) in answer.Headers)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        if (answer.Structured is { } structured)
        {
            writer.WritePropertyName("structured"u8);
            structured.WriteTo(writer);
        }
        writer.WriteStartArray("content"u8);
        foreach (var block in answer.Content)
        {
            writer.WriteStartObject();
            switch (block)
            {
                case AnswerContent.Text text:
                    writer.WriteString("text"u8, text.Value);
                    break;
                case AnswerContent.Image image:
                    WriteData(writer, image.MediaType, image.Data.Span);
                    break;
                case AnswerContent.Audio audio:
                    WriteData(writer, audio.MediaType, audio.Data.Span);
                    break;
                case AnswerContent.Blob blob:
                    WriteData(writer, blob.MediaType, blob.Data.Span);
                    break;
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, string mediaType, ReadOnlySpan<byte> data)
    {
        writer.WriteString("mediaType"u8, mediaType);
        writer.WriteBase64String("data"u8, data);
    }
}
