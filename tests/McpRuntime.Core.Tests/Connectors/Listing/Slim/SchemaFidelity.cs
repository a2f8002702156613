using System.Text.Json;

namespace McpRuntime.Tests.Connectors.Listing.Slim;

/// <summary>
/// Compares a listed schema with the full one: whatever is missing has to be something that may be left out.
/// </summary>
internal sealed class SchemaFidelity(JsonElement full, JsonElement listed)
{
    private static readonly string[] Annotations =
    [
        "title",
        "description",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "$defs",
        "$ref",
        "allOf",
        "properties",
        "required",
    ];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public List<string> Problems { get; } = [];

    public SchemaFidelity Compare()
    {
        Compare(full, listed, isOptional: false, "");
        return this;
    }

    private void Compare(JsonElement left, JsonElement right, bool isOptional, string at)
    {
        if (
            Problems.Count > 5
            || (Reference(left) is { } seen && !_seen.Add($"{seen} {Reference(right)} {isOptional}"))
        )
            return;
        if (left.ValueKind != JsonValueKind.Object || right.ValueKind != JsonValueKind.Object)
        {
            if (left.GetRawText() != right.GetRawText())
                Problems.Add($"{at}: {right.GetRawText()}");
            return;
        }
        if (
            right.TryGetProperty("description", out var description)
            && description.GetString()!.EndsWith("See describe_tools.", StringComparison.Ordinal)
        )
        {
            if (!isOptional)
                Problems.Add($"{at}: summarised, and required");
            return;
        }
        var (before, after) = (Flatten(left, full), Flatten(right, listed));
        var required = Required(before);
        if (!required.SetEquals(Required(after)))
            Problems.Add($"{at}: required {string.Join(",", required)}");
        ComparePairs(Named(before), Named(after), at, (name, path, one, other) =>
            Compare(one, other, isOptional || !required.Contains(name), path)
        );
        ComparePairs(Subschemas(before), Subschemas(after), at, (_, path, one, other) =>
            Compare(one, other, isOptional, path)
        );
        var (constraints, kept) = (Constraints(before), Constraints(after));
        foreach (
            var constraint in constraints.Where(constraint =>
                !kept.Contains(constraint) && !MayBeLeftOut(constraint, constraints)
            )
        )
            Problems.Add($"{at}: {constraint} is missing");
        foreach (var constraint in kept.Where(constraint => !constraints.Contains(constraint)))
            Problems.Add($"{at}: {constraint} is new");
    }

    private void ComparePairs(
        List<(string Name, JsonElement Schema)> before,
        List<(string Name, JsonElement Schema)> after,
        string at,
        Action<string, string, JsonElement, JsonElement> compare
    )
    {
        foreach (var group in before.GroupBy(item => item.Name))
        {
            var others = after.Where(item => item.Name == group.Key).ToList();
            if (others.Count != group.Count())
            {
                if (
                    others.Count > 0
                    || !group.All(item =>
                        item.Name == "additionalProperties" && item.Schema.GetRawText() is "{}" or "true"
                    )
                )
                    Problems.Add($"{at}/{group.Key}: {others.Count} of {group.Count()}");
                continue;
            }
            foreach (var (one, other) in group.Zip(others))
                compare(group.Key, $"{at}/{group.Key}", one.Schema, other.Schema);
        }
    }

    private static bool MayBeLeftOut(string constraint, HashSet<string> all) =>
        constraint switch
        {
            "format=\"int32\"" or "format=\"int64\"" or "format=\"float\"" or "format=\"double\"" => true,
            "minLength=0"
            or "minItems=0"
            or "minProperties=0"
            or "uniqueItems=false"
            or "additionalProperties=true"
            or "additionalProperties={}" => true,
            "maximum=2147483647" or "minimum=-2147483648" => all.Contains("format=\"int32\""),
            _ when constraint.StartsWith("maximum=922337203685477", StringComparison.Ordinal)
                    || constraint.StartsWith("minimum=-922337203685477", StringComparison.Ordinal)
                    || constraint.StartsWith("maximum=9.22337203685477", StringComparison.Ordinal)
                    || constraint.StartsWith("minimum=-9.22337203685477", StringComparison.Ordinal) => all.Contains(
                "format=\"int64\""
            ),
            _ when constraint.StartsWith("maxLength=", StringComparison.Ordinal) => long.Parse(
                constraint["maxLength=".Length..],
                System.Globalization.CultureInfo.InvariantCulture
            ) >= 1_000,
            _ => false,
        };

    private static HashSet<string> Required(List<JsonElement> parts) =>
        [
            .. parts
                .Where(part => part.TryGetProperty("required", out _))
                .SelectMany(part => part.GetProperty("required").EnumerateArray())
                .Select(name => name.GetString()!),
        ];

    private static List<(string, JsonElement)> Named(List<JsonElement> parts) =>
        [
            .. parts
                .Where(part => part.TryGetProperty("properties", out _))
                .SelectMany(part => part.GetProperty("properties").EnumerateObject())
                .Select(property => (property.Name, property.Value)),
        ];

    private static List<(string, JsonElement)> Subschemas(List<JsonElement> parts) =>
        [
            .. parts
                .SelectMany(part => part.EnumerateObject())
                .Where(IsSubschema)
                .SelectMany(member =>
                    member.Value.ValueKind == JsonValueKind.Array
                        ? member.Value.EnumerateArray().Select((item, index) => ($"{member.Name}/{index}", item))
                        : [(member.Name, member.Value)]
                ),
        ];

    private static HashSet<string> Constraints(List<JsonElement> parts) =>
        [
            .. parts
                .SelectMany(part => part.EnumerateObject())
                .Where(member => !Annotations.Contains(member.Name) && !IsSubschema(member))
                .Select(member => $"{member.Name}={member.Value.GetRawText()}"),
        ];

    private static bool IsSubschema(JsonProperty member) =>
        member.Name switch
        {
            "items"
            or "contains"
            or "additionalProperties"
            or "unevaluatedProperties"
            or "unevaluatedItems"
            or "propertyNames"
            or "not"
            or "if"
            or "then"
            or "else" => member.Value.ValueKind == JsonValueKind.Object,
            "anyOf" or "oneOf" or "prefixItems" => true,
            _ => false,
        };

    private static List<JsonElement> Flatten(JsonElement schema, JsonElement root)
    {
        var parts = new List<JsonElement>();
        Add(schema, 0);
        return parts;

        void Add(JsonElement part, int depth)
        {
            if (part.ValueKind != JsonValueKind.Object || depth > 20)
                return;
            parts.Add(part);
            if (Reference(part) is { } name)
                Add(root.GetProperty("$defs").GetProperty(name), depth + 1);
            if (part.TryGetProperty("allOf", out var members))
            {
                foreach (var member in members.EnumerateArray())
                    Add(member, depth + 1);
            }
        }
    }

    private static string? Reference(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!["#/$defs/".Length..]
            : null;
}
