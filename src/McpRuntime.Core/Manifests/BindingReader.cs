using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads <c>arguments</c> and <c>fixed</c>.</summary>
internal static class BindingReader
{
    private static readonly string[] ArgumentKeys =
    [
        "in",
        "name",
        "style",
        "explode",
        "delimiter",
        "items",
        "allow_reserved",
        "allow_slash",
        "allow_empty",
        "content_type",
    ];

    private static readonly string[] ItemKeys = ["delimiter", "items"];

    private static readonly string[] FixedKeys = ["in", "name", "value"];

    /// <summary>Null where there is nothing, which is version 1.</summary>
    public static IReadOnlyDictionary<string, ArgumentBinding>? ReadArguments(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return null;
        var arguments = new OrderedDictionary<string, ArgumentBinding>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var name = fields.At(property);
            if (ReadArgument(fields, property.Value) is { } binding)
                arguments[name] = binding;
        }
        fields.Leave();
        return arguments;
    }

    public static List<FixedValue> ReadFixed(ManifestFields fields, JsonElement value)
    {
        var values = new List<FixedValue>();
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Array))
            return values;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            fields.At(index++);
            if (ReadFixedValue(fields, item) is { } fixedValue)
                values.Add(fixedValue);
        }
        fields.Leave();
        return values;
    }

    private static ArgumentBinding? ReadArgument(ManifestFields fields, JsonElement value)
    {
        if (!fields.Enter(value, JsonValueKind.Object))
            return null;
        var binding = new ArgumentBinding { In = ArgumentLocation.Query };
        ArgumentLocation? location = null;
        var hasIn = false;
        foreach (var property in value.EnumerateObject())
        {
            var member = property.Value;
            switch (fields.At(property))
            {
                case "in":
                    hasIn = true;
                    location = (ArgumentLocation?)fields.NeededWord(member, ManifestWords.Locations);
                    break;
                case "name":
                    binding = binding with { Name = fields.Text(member) };
                    break;
                case "style":
                    binding = binding with { Style = (ParameterStyle?)fields.Word(member, ManifestWords.Styles) };
                    break;
                case "explode":
                    binding = binding with { Explode = fields.Flag(member) };
                    break;
                case "delimiter":
                    binding = binding with
                    {
                        Delimiter = (ArrayDelimiter)(fields.Word(member, ManifestWords.Delimiters) ?? 0),
                    };
                    break;
                case "items":
                    binding = binding with { Items = ReadItems(fields, member) };
                    break;
                case "allow_slash":
                    binding = binding with { AllowSlash = fields.Flag(member) ?? false };
                    break;
                case "allow_reserved":
                    binding = binding with { AllowReserved = fields.Flag(member) ?? false };
                    break;
                case "allow_empty":
                    binding = binding with { AllowEmpty = fields.Flag(member) ?? false };
                    break;
                case "content_type":
                    binding = binding with { ContentType = fields.Text(member) };
                    break;
                default:
                    fields.Unknown(property.Name, "an argument", ArgumentKeys);
                    break;
            }
        }
        fields.At("in");
        if (!hasIn)
            fields.Error(
                ManifestRules.MissingKey,
                $"An argument has no 'in'; it is one of {string.Join(", ", ManifestWords.Locations)}."
            );
        if (string.IsNullOrEmpty(binding.Name) && location is not (null or ArgumentLocation.QueryString))
        {
            fields.At("name");
            fields.Error(ManifestRules.MissingKey, "An argument has no 'name', the name on the wire; add it.");
        }
        fields.Leave();

        // Where the place is unknown, a place without a name keeps the argument from being reported as unbound too.
        return location is null
            ? new ArgumentBinding { In = ArgumentLocation.Query }
            : binding with
            {
                In = location.Value,
            };
    }

    /// <summary><c>items</c> of an argument or an encoding.</summary>
    public static ArrayItems? ReadItems(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return null;
        var items = new ArrayItems(ArrayDelimiter.Comma);
        foreach (var property in value.EnumerateObject())
        {
            switch (fields.At(property))
            {
                case "delimiter":
                    items = items with
                    {
                        Delimiter = (ArrayDelimiter)(fields.Word(property.Value, ManifestWords.Delimiters) ?? 0),
                    };
                    break;
                case "items":
                    items = items with { Items = ReadItems(fields, property.Value) };
                    break;
                default:
                    fields.Unknown(property.Name, "'items'", ItemKeys);
                    break;
            }
        }
        fields.Leave();
        return items;
    }

    private static FixedValue? ReadFixedValue(ManifestFields fields, JsonElement item)
    {
        if (!fields.Enter(item, JsonValueKind.Object))
            return null;
        ArgumentLocation? location = null;
        string? name = null;
        JsonElement? content = null;
        var hasIn = false;
        foreach (var property in item.EnumerateObject())
        {
            switch (fields.At(property))
            {
                case "in":
                    hasIn = true;
                    location = (ArgumentLocation?)fields.NeededWord(property.Value, ManifestWords.Locations);
                    break;
                case "name":
                    name = fields.Needed(property.Value);
                    break;
                case "value":
                    content = property.Value;
                    break;
                default:
                    fields.Unknown(property.Name, "a fixed value", FixedKeys);
                    break;
            }
        }
        if (!hasIn)
            fields.Missing("in", "A fixed value");
        if (name is null)
            fields.Missing("name", "A fixed value");
        if (content is null)
            fields.Missing("value", "A fixed value");
        fields.At("value");
        FixedValue? read = null;
        if (location is not null && name is not null && content is { } given && IsFit(fields, location.Value, given))
            read = new FixedValue(location.Value, name, fields.Json(given));
        fields.Leave();
        return read;
    }

    // Only a body has types; everywhere else a number would have to be guessed into text.
    private static bool IsFit(ManifestFields fields, ArgumentLocation location, JsonElement value)
    {
        if (location == ArgumentLocation.Body || value.ValueKind == JsonValueKind.String)
            return true;
        fields.Error(
            ManifestRules.Type,
            $"The fixed value {value.GetRawText()} goes to the {ManifestWords.Locations[(int)location]}, "
                + $"which takes a string; quote it."
        );
        return false;
    }
}
