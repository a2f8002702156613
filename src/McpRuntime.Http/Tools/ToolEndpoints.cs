using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Problems;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Tools;

/// <summary><c>/v1/tools</c>: the tools of a caller, and calls of them for clients without MCP.</summary>
internal static class ToolEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/tools", ListAsync).ForCallers();
        routes.MapPost("/v1/tools/{tool}", CallAsync).ForCallers();
    }

    private static async Task ListAsync(HttpContext context)
    {
        var (scope, _) = await ScopeAsync(context);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tools"u8);
            foreach (var tool in scope.Source.For(Caller.Of(context)).Catalog.Tools)
                Write(writer, tool, SchemaBundler.Of(tool.Connector));
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    // The body is the arguments object.
    private static async Task CallAsync(HttpContext context)
    {
        var (scope, invoker) = await ScopeAsync(context);
        var caller = Caller.Of(context);
        var name = (string)context.Request.RouteValues["tool"]!;
        var tool = scope.Source.For(caller).Catalog.Resolve(name) switch
        {
            ToolResolution.Found found => found.Tool,
            ToolResolution.Ambiguous ambiguous => throw new ProblemException(Problem.Conflict(
                $"Several connectors have a tool '{UntrustedText.Clean(name)}'; call one of {string.Join(", ", ambiguous.Choices)}.")),
            _ => throw Unknown(scope, name, caller),
        };
        var arguments = await context.Request.ReadObjectAsync(allowsNul: true);
        var answer = await invoker.InvokeAsync(tool, arguments, caller, context.RequestAborted);
        await context.Response.WriteJsonAsync(200, writer => Write(writer, answer));
    }

    private static ProblemException Unknown(McpScope scope, string name, Caller caller)
    {
        scope.Source.NoteUnknown(name, caller);
        return new ProblemException(Problem.NotFound($"There is no tool '{UntrustedText.Clean(name)}', or none for this caller."));
    }

    private static async Task<(McpScope Scope, GatewayInvoker Invoker)> ScopeAsync(HttpContext context)
    {
        var project = context.Request.Query["project"].ToString() is { Length: > 0 } named ? named : null;
        var scopes = context.RequestServices.GetRequiredService<McpScopes>();
        var scope = await scopes.FindAsync(project, null, Caller.Of(context), context.RequestAborted)
            ?? throw new ProblemException(Problem.NotFound("There is no such project, or none for this caller.") with
            {
                IsRefusal = scopes.Has(project, connector: null),
            });
        await scope.Set.Loaded.WaitAsync(context.RequestAborted);
        return (scope, scope.Invoker);
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
