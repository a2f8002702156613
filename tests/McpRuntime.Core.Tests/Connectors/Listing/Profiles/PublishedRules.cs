using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Configuration;

namespace McpRuntime.Tests.Connectors.Listing.Profiles;

/// <summary>
/// What a family of models publishes about the schemas of functions, as data, and what of a schema breaks it.
/// </summary>
internal sealed record PublishedRules
{
    /// <summary>Where the rules are published.</summary>
    public required string Source { get; init; }

    public required string NamePattern { get; init; }

    public int MostDescription { get; init; } = int.MaxValue;

    /// <summary>Keywords that any schema may have; all others are refused.</summary>
    public required string[] Keywords { get; init; }

    public required string[] Types { get; init; }

    /// <summary>Allowed values of <c>format</c> by type.</summary>
    public required Dictionary<string, string[]> Formats { get; init; }

    /// <summary>Every object has <c>additionalProperties: false</c>.</summary>
    public bool ClosesObjects { get; init; }

    /// <summary>Values of <c>enum</c> are texts, and not empty.</summary>
    public bool EnumeratesTextOnly { get; init; }

    /// <summary>Nothing stands next to <c>anyOf</c>.</summary>
    public bool AnyOfIsAlone { get; init; }

    /// <summary>An object within the root has properties.</summary>
    public bool RefusesEmptyObjects { get; init; }

    public int MostProperties { get; init; } = int.MaxValue;

    public int DeepestObject { get; init; } = int.MaxValue;

    public int MostEnumerated { get; init; } = int.MaxValue;

    public static PublishedRules Of(SchemaProfile profile) => profile == SchemaProfile.Plain ? OpenAi : Gemini;

    // All properties need not be required here: a client that turns strict mode on makes them so itself, and nulls for
    // what a model leaves out would delete in a PATCH.
    private static readonly PublishedRules OpenAi = new()
    {
        Source =
            "OpenAI: Function calling (names, descriptions) and Structured model outputs, Supported schemas (types, keywords, "
            + "formats, 5,000 properties, 10 levels, 1,000 enumerated values, additionalProperties: false, no anyOf at the root)",
        NamePattern = "^[a-zA-Z0-9_-]{1,64}$",
        MostDescription = 1024,
        Keywords =
        [
            "type",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "anyOf",
            "pattern",
            "format",
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minItems",
            "maxItems",
        ],
        Types = ["string", "number", "boolean", "integer", "object", "array"],
        Formats = new Dictionary<string, string[]>
        {
            ["string"] = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"],
        },
        ClosesObjects = true,
        MostProperties = 5000,
        DeepestObject = 10,
        MostEnumerated = 1000,
    };

    private static readonly PublishedRules Gemini = new()
    {
        Source =
            "Gemini API: FunctionDeclaration (name), Schema (fields, types); its errors: format is enum or date-time for STRING, "
            + "enum for STRING only and not empty, items are needed, OBJECT has properties, nothing alongside any_of",
        NamePattern = "^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$",
        Keywords =
        [
            "type",
            "format",
            "title",
            "description",
            "nullable",
            "enum",
            "maxItems",
            "minItems",
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "example",
            "anyOf",
            "propertyOrdering",
            "default",
            "items",
            "minimum",
            "maximum",
        ],
        Types = ["string", "number", "boolean", "integer", "object", "array"],
        Formats = new Dictionary<string, string[]>
        {
            ["string"] = ["enum", "date-time"],
            ["integer"] = ["int32", "int64"],
            ["number"] = ["float", "double"],
        },
        EnumeratesTextOnly = true,
        AnyOfIsAlone = true,
        RefusesEmptyObjects = true,
    };

    /// <summary>What of a tool in a list is not as published; empty where all is.</summary>
    public IReadOnlyList<string> Broken(JsonElement tool)
    {
        var found = new List<string>();
        var name = tool.GetProperty("name").GetString()!;
        if (!Regex.IsMatch(name, NamePattern))
            found.Add($"name {name}");
        if (tool.GetProperty("description").GetString()!.Length > MostDescription)
            found.Add("description is too long");
        var root = tool.GetProperty("inputSchema");
        if (root.GetProperty("type").GetString() != "object" || root.TryGetProperty("anyOf", out _))
            found.Add("the root is not a plain object");
        var (properties, enumerated) = (0, 0);
        Check(root, "", depth: 1, isRoot: true);
        if (properties > MostProperties)
            found.Add($"{properties} properties");
        if (enumerated > MostEnumerated)
            found.Add($"{enumerated} enumerated values");
        return found;

        void Check(JsonElement schema, string path, int depth, bool isRoot = false)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                found.Add($"{path} is {schema.GetRawText()}");
                return;
            }
            foreach (var member in schema.EnumerateObject().Where(member => !Keywords.Contains(member.Name)))
                found.Add($"{path} has {member.Name}");
            if (schema.TryGetProperty("anyOf", out var branches))
            {
                if (AnyOfIsAlone && schema.EnumerateObject().Count() > 1)
                    found.Add($"{path} has more than anyOf");
                foreach (var branch in branches.EnumerateArray())
                    Check(branch, $"{path}/anyOf", depth);
                return;
            }
            var type =
                schema.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String
                    ? named.GetString()!
                    : "";
            if (!Types.Contains(type))
                found.Add($"{path} has the type {(type.Length > 0 ? type : "none")}");
            if (
                schema.TryGetProperty("format", out var format)
                && !(Formats.TryGetValue(type, out var known) && known.Contains(format.GetString()))
            )
                found.Add($"{path} has the format {format}");
            if (schema.TryGetProperty("enum", out var choices))
            {
                enumerated += choices.GetArrayLength();
                if (
                    EnumeratesTextOnly
                    && choices
                        .EnumerateArray()
                        .Any(choice => choice.ValueKind != JsonValueKind.String || choice.GetString() == "")
                )
                    found.Add($"{path} enumerates {choices}");
            }
            if (type == "array")
            {
                if (schema.TryGetProperty("items", out var items))
                    Check(items, $"{path}/items", depth);
                else
                    found.Add($"{path} has no items");
            }
            if (type != "object")
                return;
            if (depth > DeepestObject)
                found.Add($"{path} is too deep");
            if (
                ClosesObjects
                && !(
                    schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False
                )
            )
                found.Add($"{path} is open");
            var own = schema.TryGetProperty("properties", out var given) ? given.EnumerateObject().ToArray() : [];
            properties += own.Length;
            if (RefusesEmptyObjects && own.Length == 0 && !isRoot)
                found.Add($"{path} has no properties");
            if (schema.TryGetProperty("required", out var required))
                found.AddRange(
                    required
                        .EnumerateArray()
                        .Where(needed => !own.Any(property => property.Name == needed.GetString()))
                        .Select(needed => $"{path} requires {needed}, which it does not have")
                );
            foreach (var property in own)
                Check(property.Value, $"{path}/{property.Name}", depth + 1);
        }
    }
}
