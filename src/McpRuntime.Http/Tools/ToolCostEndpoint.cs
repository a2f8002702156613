using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Costs;
using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Tools;

/// <summary>
/// <c>/v1/tools/cost</c>: the estimated tokens of a model's context that the tools of a caller take. Whoever may see
/// tools may see what they cost.
/// </summary>
internal static class ToolCostEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/tools/cost", ReadAsync).ForCallers();

    private static async Task ReadAsync(HttpContext context)
    {
        var (_, call) = await ToolEndpoints.OpenAsync(context);
        var settings = context.RequestServices.GetRequiredService<RuntimeSettings>();
        var cost = CatalogCost.Of(call.Tools.Catalog, settings.PublishOutputSchemas);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("connectors"u8);
            foreach (var connector in cost.Connectors)
                Write(writer, connector);
            writer.WriteEndArray();
            writer.WriteNumber("tools"u8, cost.Tools);
            writer.WriteNumber("tokens"u8, cost.Total.Total);
            writer.WriteNumber("listedTokens"u8, call.Tools.Bytes / 4);
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, ConnectorCost connector)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, connector.Name);
        writer.WriteNumber("tools"u8, connector.Tools.Count);
        writer.WriteNumber("tokens"u8, connector.Total.Total);
        writer.WriteStartObject("parts"u8);
        foreach (var part in connector.Total.Parts)
            writer.WriteNumber(part.Name, part.Tokens);
        writer.WriteEndObject();
        writer.WriteStartArray("tags"u8);
        foreach (var tag in connector.Tags)
        {
            writer.WriteStartObject();
            writer.WriteString("tag"u8, tag.Tag);
            writer.WriteNumber("tools"u8, tag.Tools);
            writer.WriteNumber("tokens"u8, tag.Cost.Total);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
