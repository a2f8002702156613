using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>Makes a tool's arguments of an example; other required arguments get made-up values.</summary>
internal sealed class ExampleArguments
{
    private readonly ToolManifest _tool;
    private readonly JsonObject _others = [];

    public ExampleArguments(ToolManifest tool, SampleValues samples)
    {
        _tool = tool;
        var input = tool.InputSchema.ToElement();
        if (!input.TryGetProperty("required", out var required))
            return;
        foreach (var name in required.EnumerateArray().Select(name => name.GetString()!))
        {
            var schema = input.GetProperty("properties").GetProperty(name);
            _others[name] = IsFile(tool, name) ? new JsonObject { ["text"] = "a" } : samples.Of(schema, variant: 0);
        }
    }

    private static bool IsFile(ToolManifest tool, string argument) =>
        tool.Body is { } body
        && (
            argument == body.Argument
                ? MediaTypes.KindOf(MediaTypes.Essence(body.ContentType)) == MediaKind.Octets
                : tool.Arguments!.TryGetValue(argument, out var binding)
                    && binding.Name is { } name
                    && body.Encoding.TryGetValue(name, out var part)
                    && part.File
        );

    /// <summary>
    /// The arguments as a caller would write them; null where the tool has no argument for the example.
    /// </summary>
    public JsonElement? Of(DocumentExample example)
    {
        var arguments = _others.DeepClone().AsObject();
        if (example.In != "body")
        {
            if (Argument(LocationOf(example.In), example.Name) is not { } name)
                return null;
            arguments[name] = Node(example.Value);
        }
        else if (_tool.Body?.Argument is { } whole)
            arguments[whole] = Node(example.Value);
        else if (_tool.Body is null || !Spread(example.Value, arguments))
            return null;
        return JsonElement.Parse(arguments.ToJsonString());
    }

    private bool Spread(JsonElement value, JsonObject arguments)
    {
        value = AsObject(value);
        if (value.ValueKind != JsonValueKind.Object)
            return false;
        foreach (var (name, binding) in _tool.Arguments!)
        {
            if (binding.In == ArgumentLocation.Body)
                arguments.Remove(name);
        }
        foreach (var property in value.EnumerateObject())
        {
            if (_tool.Fixed.Any(each => each.In == ArgumentLocation.Body && each.Name == property.Name))
                continue;
            // One that the body does not have must not land in an argument of the same name elsewhere.
            var name = Argument(ArgumentLocation.Body, property.Name) ?? property.Name;
            while (Argument(ArgumentLocation.Body, property.Name) is null && _tool.Arguments!.ContainsKey(name))
                name += "_";
            arguments[name] = Node(property.Value);
        }
        return true;
    }

    /// <summary>Authors also give the text of the body.</summary>
    public static JsonElement AsObject(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString()!.TrimStart() is not ['{' or '[', ..])
            return value;
        try
        {
            return JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private string? Argument(ArgumentLocation place, string wireName) =>
        _tool.Arguments?.FirstOrDefault(each => each.Value.In == place && each.Value.Name == wireName).Key;

    private static ArgumentLocation LocationOf(string place) =>
        place switch
        {
            "path" => ArgumentLocation.Path,
            "query" => ArgumentLocation.Query,
            "header" => ArgumentLocation.Header,
            "cookie" => ArgumentLocation.Cookie,
            "formData" => ArgumentLocation.Body,
            _ => ArgumentLocation.QueryString,
        };

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
