using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Benchmarks.Import;

/// <summary>
/// An OpenAPI document of any number of operations. Every resource refers to others, in circles and several levels
/// deep, as the documents of large APIs do; the same number gives the same bytes.
/// </summary>
internal static class GeneratedDocument
{
    private const int OperationsOfResource = 4;

    public static ReadOnlyMemory<byte> Create(int operations)
    {
        var output = new ArrayBufferWriter<byte>(operations * 2048);
        using var json = new Utf8JsonWriter(output);
        var resources = operations / OperationsOfResource;
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.1");
        json.WriteStartObject("info");
        json.WriteString("title", $"Generated {operations}");
        json.WriteString("version", "1.0.0");
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", "https://api.example.com");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("paths");
        for (var i = 0; i < resources; i++)
            WritePaths(json, i);
        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        for (var i = 0; i < resources; i++)
            WriteSchema(json, i, resources);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WritePaths(Utf8JsonWriter json, int i)
    {
        json.WriteStartObject(Invariant($"/resource{i}"));
        WriteOperation(json, "get", Invariant($"listResource{i}"), i, hasId: false, hasBody: false);
        WriteOperation(json, "post", Invariant($"createResource{i}"), i, hasId: false, hasBody: true);
        json.WriteEndObject();
        json.WriteStartObject(Invariant($"/resource{i}/{{id}}"));
        WriteOperation(json, "get", Invariant($"getResource{i}"), i, hasId: true, hasBody: false);
        WriteOperation(json, "put", Invariant($"updateResource{i}"), i, hasId: true, hasBody: true);
        json.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter json, string method, string id, int i, bool hasId, bool hasBody)
    {
        json.WriteStartObject(method);
        json.WriteString("operationId", id);
        json.WriteString("summary", $"The operation {id}");
        json.WriteString("description", "Works on one resource or on many.\nWhat it answers is described below; limits apply.");
        json.WriteStartArray("parameters");
        if (hasId)
            WriteParameter(json, "id", "path", "string");
        WriteParameter(json, "page", "query", "integer");
        WriteParameter(json, "X-Trace", "header", "string");
        json.WriteEndArray();
        if (hasBody)
        {
            json.WriteStartObject("requestBody");
            json.WriteBoolean("required", true);
            WriteContent(json, i);
            json.WriteEndObject();
        }
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "Done.");
        WriteContent(json, i);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, string name, string place, string type)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        json.WriteBoolean("required", place == "path");
        json.WriteString("description", $"The {name} of the request.");
        json.WriteStartObject("schema");
        json.WriteString("type", type);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, int i)
    {
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        WriteReference(json, i);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Two others and itself: every resource is in a circle, and no tool reaches more than a handful of neighbours.
    private static void WriteSchema(Utf8JsonWriter json, int i, int resources)
    {
        var group = i / 8 * 8;
        var size = Math.Min(8, resources - group);
        json.WriteStartObject(Invariant($"Resource{i}"));
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        json.WriteStringValue("name");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        WriteProperty(json, "id", "string", isReadOnly: true);
        WriteProperty(json, "name", "string", isReadOnly: false);
        WriteProperty(json, "count", "integer", isReadOnly: false);
        WriteNested(json, "next", group + ((i - group + 1) % size));
        WriteNested(json, "related", group + ((i - group + 3) % size));
        WriteNested(json, "self", i);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string type, bool isReadOnly)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        json.WriteString("description", $"The {name} of the resource.");
        if (isReadOnly)
            json.WriteBoolean("readOnly", true);
        json.WriteEndObject();
    }

    private static void WriteNested(Utf8JsonWriter json, string name, int target)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteStartArray("allOf");
        json.WriteStartObject();
        WriteReference(json, target);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, int i) =>
        json.WriteString("$ref", Invariant($"#/components/schemas/Resource{i}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
