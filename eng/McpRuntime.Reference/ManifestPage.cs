using System.Text.Json;

namespace McpRuntime.Reference;

/// <summary>
/// <c>docs/reference/manifest.md</c>: the keys of a manifest, from <c>schemas/connector.schema.json</c>, which a test
/// compares with the reader.
/// </summary>
internal static class ManifestPage
{
    private const string Intro =
        "The keys of a connector manifest, with the texts that editors show from `schemas/connector.schema.json`. A key "
        + "without a value (null) counts as absent; unknown keys are refused. [The connector manifest](../manifest.md) "
        + "has an example and explains how arguments are checked.";

    // A definition of values that several keys share, such as a text; it has no keys of its own.
    private static readonly (string Definition, string Title)[] Objects =
    [
        ("connector", "connector"),
        ("serverVariable", "server_variables"),
        ("server", "servers"),
        ("source", "source"),
        ("choices", "source.choices"),
        ("connector.credentials", "credentials"),
        ("connector.credentials.account", "credentials.account"),
        ("securityScheme", "security_schemes"),
        ("limits", "limits"),
        ("answer", "answer"),
        ("tool", "tools"),
        ("argument", "arguments"),
        ("arrayItems", "items of an argument"),
        ("fixed", "fixed"),
        ("body", "body"),
        ("encoding", "body.encoding"),
        ("pagination", "pagination"),
        ("tool.annotations", "annotations"),
        ("legacyAuth", "auth"),
    ];

    /// <exception cref="InvalidOperationException">A key has no description; all such are named.</exception>
    public static Page Make(string schemaFile)
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(schemaFile));
        var definitions = new SchemaKeys(schema.RootElement.GetProperty("$defs"));
        var blocks = Objects.SelectMany(entry => Describe(definitions, entry.Definition, entry.Title)).ToList();
        if (definitions.Undescribed.Count > 0)
            throw new InvalidOperationException(
                $"{schemaFile}: no description of {string.Join(", ", definitions.Undescribed)}."
            );
        return Page.Reference("manifest.md", "Manifest", [Intro, .. blocks]);
    }

    private static IEnumerable<string> Describe(SchemaKeys definitions, string definition, string title)
    {
        yield return $"## {title}";
        if (definitions.Description(definition) is { Length: > 0 } text)
            yield return text;
        foreach (var (kind, keys) in definitions.Kinds(definition))
        {
            if (kind.Length > 0)
                yield return $"`type: {kind}`";
            if (keys.Count == 0)
                yield return "No further keys.";
            else
                yield return Markdown.Table(
                    ["key", "value", "meaning"],
                    keys.Select(key =>
                        new[] { Markdown.Code(key.Name) + (key.IsRequired ? ", required" : ""), key.Value, key.Meaning }
                    )
                );
        }
    }
}
