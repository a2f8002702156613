using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Benchmarks.Import;

/// <summary>
/// An OpenAPI document of any number of operations. Every resource refers to others, in circles and several levels
/// deep, as the documents of large APIs do; the same number gives the same bytes.
/// </summary>
/// <remarks>
/// Large public documents spend 5,000 to 11,000 bytes on an operation (box, Kubernetes, GitHub), most of it on words,
/// examples and errors. This one spends about 3,000; a lean one, 800 with hardly a word, is the hardest case there is
/// for a comparison with mere parsing.
/// </remarks>
internal static class GeneratedDocument
{
    private const int OperationsOfResource = 4;

    private static readonly string[] Errors = ["400", "401", "404", "429"];

    /// <param name="operations">A multiple of four.</param>
    /// <param name="isLean">Without errors, examples and most descriptions.</param>
    public static ReadOnlyMemory<byte> Create(int operations, bool isLean = false)
    {
        var output = new ArrayBufferWriter<byte>(operations * 4096);
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
            WritePaths(json, i, isLean);
        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        for (var i = 0; i < resources; i++)
            WriteSchema(json, i, resources, isLean);
        if (!isLean)
            WriteProblem(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WritePaths(Utf8JsonWriter json, int i, bool isLean)
    {
        json.WriteStartObject(Invariant($"/resource{i}"));
        WriteOperation(json, "get", Invariant($"listResource{i}"), i, hasId: false, hasBody: false, isLean);
        WriteOperation(json, "post", Invariant($"createResource{i}"), i, hasId: false, hasBody: true, isLean);
        json.WriteEndObject();
        json.WriteStartObject(Invariant($"/resource{i}/{{id}}"));
        WriteOperation(json, "get", Invariant($"getResource{i}"), i, hasId: true, hasBody: false, isLean);
        WriteOperation(json, "put", Invariant($"updateResource{i}"), i, hasId: true, hasBody: true, isLean);
        json.WriteEndObject();
    }

    private static void WriteOperation(
        Utf8JsonWriter json,
        string method,
        string id,
        int i,
        bool hasId,
        bool hasBody,
        bool isLean
    )
    {
        json.WriteStartObject(method);
        json.WriteString("operationId", id);
        json.WriteString("summary", $"The operation {id}");
        json.WriteString(
            "description",
            isLean
                ? "Works on one resource or on many.\nWhat it answers is described below; limits apply."
                : $"Works on the resources of kind {i}, on one of them or on many.\n\nOnly members of the owning organization may call it; others get `404`, as if there were no such resource. "
                    + "The order of results is stable between pages, and a page that lies behind the last one is empty. **Note**: changes can take a second to be seen by everyone."
        );
        if (!isLean)
            WriteTags(json, i);
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
        if (!isLean)
            WriteErrors(json, i);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter json, int i)
    {
        json.WriteStartArray("tags");
        json.WriteStringValue(Invariant($"resource{i}"));
        json.WriteEndArray();
        json.WriteStartObject("externalDocs");
        json.WriteString("url", Invariant($"https://docs.example.com/reference/resource{i}"));
        json.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter json, int i)
    {
        foreach (var status in Errors)
        {
            json.WriteStartObject(status);
            json.WriteString(
                "description",
                $"The request was not carried out ({status}); the problem says why and what to do about it."
            );
            json.WriteStartObject("content");
            json.WriteStartObject("application/problem+json");
            json.WriteStartObject("schema");
            json.WriteString("$ref", "#/components/schemas/Problem");
            json.WriteEndObject();
            json.WriteStartObject("example");
            json.WriteString("type", Invariant($"https://docs.example.com/problems/resource{i}"));
            json.WriteString("title", "The resource is not as expected.");
            json.WriteString("status", status);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteProblem(Utf8JsonWriter json)
    {
        json.WriteStartObject("Problem");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var name in (ReadOnlySpan<string>)["type", "title", "status", "detail"])
            WriteProperty(json, name, "string", isReadOnly: false, isLean: false);
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
    private static void WriteSchema(Utf8JsonWriter json, int i, int resources, bool isLean)
    {
        var group = i / 8 * 8;
        var size = Math.Min(8, resources - group);
        json.WriteStartObject(Invariant($"Resource{i}"));
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        json.WriteStringValue("name");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        WriteProperty(json, "id", "string", isReadOnly: true, isLean);
        WriteProperty(json, "name", "string", isReadOnly: false, isLean);
        WriteProperty(json, "count", "integer", isReadOnly: false, isLean);
        if (!isLean)
        {
            foreach (var name in (ReadOnlySpan<string>)["owner", "state", "location", "created_by", "notes"])
                WriteProperty(json, name, "string", isReadOnly: false, isLean);
        }
        WriteNested(json, "next", group + ((i - group + 1) % size));
        WriteNested(json, "related", group + ((i - group + 3) % size));
        WriteNested(json, "self", i);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string type, bool isReadOnly, bool isLean)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        json.WriteString(
            "description",
            isLean
                ? $"The {name} of the resource."
                : $"The {name} of the resource, as its owner gave it; it can be changed at any time and is shown to all members."
        );
        if (!isLean)
            WriteExample(json, type);
        if (isReadOnly)
            json.WriteBoolean("readOnly", true);
        json.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter json, string type)
    {
        if (type == "integer")
            json.WriteNumber("example", 42);
        else
            json.WriteString("example", "something of this kind");
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
