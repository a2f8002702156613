using System.Globalization;
using System.Text;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Manifests;

namespace McpRuntime.Server.Surface;

/// <summary>
/// All that a model needs to call a tool: signature with types, constraints and examples, and the full schema on
/// request.
/// </summary>
internal static class ToolDescription
{
    private const int MostOfDescription = 1500;
    private const int MostOfComment = 240;
    private const int MostOfType = 600;
    private const int MostOfExample = 400;

    // What a type does not say. Names as in JSON Schema, which models know.
    private static readonly string[] Constraints =
    [
        "format",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "default",
    ];

    public static string Of(ServedTool tool, bool withSchema)
    {
        var signature = ToolSignature.Of(tool);
        var text = new StringBuilder(tool.Name).Append('(');
        foreach (var argument in signature.Arguments)
        {
            text.Append("\n  ")
                .Append(argument.Name)
                .Append(argument.IsRequired ? ": " : "?: ")
                .Append(signature.Types.Of(argument.Schema, 3, MostOfType))
                .Append(',');
            if (Comment(argument.Schema, signature.Types.Resolve(argument.Schema)) is { Length: > 0 } comment)
                text.Append(" // ").Append(comment);
        }
        text.Append(signature.Arguments.Count > 0 ? "\n)" : ")");
        if (tool.Tool.OutputSchema is { } output)
        {
            var root = output.ToElement();
            text.Append(": ").Append(new TypeText(root, tool.Connector.Definitions).Of(root, 3, MostOfType));
        }
        text.Append(
            $"\n{tool.Endpoint} of {tool.Connector.Name}; {ToolSignature.WordOf(tool.Access)}: call it with "
                + $"{CallTools.NameOf(tool.Access)}."
        );
        var description = tool.Tool.Description ?? tool.Tool.Title ?? "";
        if (description.Length > 0)
            text.Append('\n')
                .Append(
                    description.Length <= MostOfDescription
                        ? description
                        : string.Concat(description.AsSpan(0, MostOfDescription), "…")
                );
        foreach (var example in Examples(tool.Tool.InputSchema.ToElement()).Take(2))
            text.Append("\nExample of arguments: ").Append(example);
        if (withSchema)
            text.Append("\nJSON Schema of the arguments: ")
                .Append(SchemaDiscriminators.Remove(SchemaBundler.Of(tool.Connector).Bundle(tool.Tool.InputSchema)));
        return text.ToString();
    }

    private static string Comment(JsonElement schema, JsonElement resolved)
    {
        var parts = new List<string>();
        var description = TypeText.Member(schema, "description") ?? TypeText.Member(resolved, "description");
        if (description is { ValueKind: JsonValueKind.String } said)
            parts.Add(ToolSignature.Shorten(said.GetString()!, MostOfComment));
        foreach (var key in Constraints)
        {
            if ((TypeText.Member(schema, key) ?? TypeText.Member(resolved, key)) is { } value)
                parts.Add($"{key} {Short(value)}");
        }
        if (Examples(schema).Concat(Examples(resolved)).FirstOrDefault() is { } example)
            parts.Add($"e.g. {example}");
        return string.Join("; ", parts);
    }

    private static IEnumerable<string> Examples(JsonElement schema)
    {
        if (TypeText.Member(schema, "examples") is { ValueKind: JsonValueKind.Array } examples)
        {
            foreach (
                var example in examples
                    .EnumerateArray()
                    .Select(example => example.GetRawText())
                    .OrderBy(example => example.Length)
            )
            {
                if (example.Length <= MostOfExample)
                    yield return example;
            }
        }
        else if (TypeText.Member(schema, "example") is { } one && one.GetRawText().Length <= MostOfExample)
        {
            yield return one.GetRawText();
        }
    }

    private static string Short(JsonElement value)
    {
        var raw = value.GetRawText();
        return raw.Length <= 60 ? raw : string.Create(CultureInfo.InvariantCulture, $"{raw.AsSpan(0, 59)}…");
    }
}
