using McpRuntime.Configuration;

namespace McpRuntime.Connectors.Listing.Profiles;

/// <summary>
/// What the schemas of a profile may have. Sources: OpenAI, Structured model outputs, Supported schemas, and Function
/// calling; Gemini API, Schema and FunctionDeclaration.
/// </summary>
internal sealed record ProfileRules
{
    /// <summary>Keywords that stay, besides those of the structure.</summary>
    public required IReadOnlySet<string> Keywords { get; init; }

    /// <summary>Formats that stay, by type.</summary>
    public required IReadOnlyDictionary<string, string[]> Formats { get; init; }

    /// <summary>Every object is closed by <c>additionalProperties: false</c>.</summary>
    public bool ClosesObjects { get; init; }

    /// <summary>There is a keyword for what may be null.</summary>
    public bool HasNullable { get; init; }

    /// <summary>Only texts are enumerated, and none that is empty.</summary>
    public bool EnumeratesTextOnly { get; init; }

    /// <summary>Next to <c>anyOf</c> there is nothing else.</summary>
    public bool AnyOfIsAlone { get; init; }

    /// <summary>Characters of a tool's description.</summary>
    public int MostDescription { get; init; } = int.MaxValue;

    private static readonly ProfileRules Plain = new()
    {
        Keywords = Set(
            "pattern",
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minItems",
            "maxItems"
        ),
        Formats = new Dictionary<string, string[]>
        {
            ["string"] = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"],
        },
        ClosesObjects = true,
        MostDescription = 1024,
    };

    private static readonly ProfileRules Gemini = new()
    {
        Keywords = Set("pattern", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "default"),
        Formats = new Dictionary<string, string[]>
        {
            ["string"] = ["date-time"],
            ["integer"] = ["int32", "int64"],
            ["number"] = ["float", "double"],
        },
        HasNullable = true,
        EnumeratesTextOnly = true,
        AnyOfIsAlone = true,
    };

    /// <summary>The rules of a profile; null for the one that has none.</summary>
    public static ProfileRules? Of(SchemaProfile profile) =>
        profile switch
        {
            SchemaProfile.Plain => Plain,
            SchemaProfile.Gemini => Gemini,
            _ => null,
        };

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.Ordinal);
}
