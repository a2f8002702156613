namespace McpRuntime.Tests.Json.Schemas;

/// <summary>
/// Random schemas and instances over few names and values, so that they meet often. A seed gives one sequence.
/// </summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Names = ["a", "b", "ab", "c"];
    private static readonly string[] Scalars =
    [
        "0",
        "1",
        "2",
        "-1",
        "1.5",
        "3",
        "1e1",
        "\"\"",
        "\"a\"",
        "\"ab\"",
        "\"🐲\"",
        "\"c\\u0061\"",
        "null",
        "true",
        "false",
    ];

    private static readonly string[] Patterns = ["^a", "b$", "^[^b]*$", "^.$", "\\\\d", "a|c", "^(a|b)+$", "^\\\\w*$"];
    private static readonly string[] Types = ["string", "integer", "number", "object", "array", "boolean", "null"];

#pragma warning disable CA5394 // Test data needs no secure randomness.
    private readonly Random _random = new(seed);

    public string Schema() =>
        $$"""{"$defs":{"x":{{Schema(2)}},"y":{{Schema(2)}}},{{Schema(4).TrimStart('{')}}""".Replace(
            ",}",
            "}",
            StringComparison.Ordinal
        );

    public string Instance(int depth = 3)
    {
        if (depth == 0 || Pick(3) == 0)
            return Of(Scalars);
        var parts = Enumerable.Range(0, Pick(4)).Select(_ => Instance(depth - 1));
        return Pick(2) == 0
            ? $"[{string.Join(',', parts)}]"
            : $"{{{string.Join(',', parts.Zip(Names.OrderBy(_ => Pick(99)), (value, name) => $"\"{name}\":{value}"))}}}";
    }

    private string Schema(int depth)
    {
        if (depth < 4 && Pick(12) == 0)
            return Pick(4) == 0 ? "false" : "true";
        var keywords = new Dictionary<string, string>();
        for (var i = Pick(4); i >= 0; i--)
        {
            var (name, value) =
                depth <= 0 ? Assertion()
                : Pick(2) == 0 ? Assertion()
                : Applicator(depth - 1);
            keywords[name] = value;
        }

        return $"{{{string.Join(',', keywords.Select(k => $"\"{k.Key}\":{k.Value}"))}}}";
    }

    private (string Name, string Value) Assertion() =>
        Pick(17) switch
        {
            0 or 1 or 2 => ("type", $"\"{Of(Types)}\""),
            3 => ("type", $"[\"string\",\"{Of(["object", "array", "integer"])}\"]"),
            4 => ("enum", $"[{Instance(1)},{Instance(2)},{Of(Scalars)}]"),
            5 => ("const", Instance(2)),
            6 => (Of(["minimum", "exclusiveMinimum"]), Of(["0", "1", "1.5"])),
            7 => (Of(["maximum", "exclusiveMaximum"]), Of(["1", "2", "10"])),
            8 => ("multipleOf", Of(["2", "3", "0.5"])),
            9 => (Of(["minLength", "maxLength"]), Of(["1", "2"])),
            10 => ("pattern", $"\"{Of(Patterns)}\""),
            11 => (Of(["minItems", "maxItems"]), Of(["1", "2"])),
            12 => ("uniqueItems", "true"),
            13 => (Of(["minProperties", "maxProperties"]), Of(["1", "2"])),
            14 => ("required", $"[\"{Of(Names)}\"]"),
            15 => ("dependentRequired", $$"""{"{{Of(Names)}}":["{{Of(Names)}}"]}"""),
            _ => ("format", "\"email\""),
        };

    private (string Name, string Value) Applicator(int depth) =>
        Pick(17) switch
        {
            0 or 1 => ("properties", Map(Names, depth)),
            2 => ("patternProperties", Map(Patterns, depth)),
            3 => ("additionalProperties", Schema(depth)),
            4 => ("unevaluatedProperties", Schema(depth)),
            5 => ("propertyNames", Schema(depth)),
            6 => ("items", Schema(depth)),
            7 => ("prefixItems", List(depth)),
            8 => ("unevaluatedItems", Schema(depth)),
            9 => ("contains", Schema(depth)),
            10 => ("allOf", List(depth)),
            11 => ("anyOf", List(depth)),
            12 => ("oneOf", List(depth)),
            13 => ("not", Schema(depth)),
            14 => ("if", $$"""{{Condition()}},"then":{{Schema(depth)}},"else":{{Schema(depth)}}"""),
            15 => ("dependentSchemas", Map(Names, depth)),
            _ => ("$ref", Of(["\"#/$defs/x\"", "\"#/$defs/y\"", "\"#\""])),
        };

    /// <summary>
    /// Without unevaluated*: Ajv takes what they evaluated into account also when the condition is not met.
    /// </summary>
    private string Condition() =>
        Pick(2) == 0 ? Schema(0) : $$"""{"properties":{{Map(Names, 0)}},"required":["{{Of(Names)}}"]}""";

    private string Map(string[] names, int depth) =>
        $$"""{"{{names[Pick(2)]}}":{{Schema(depth)}},"{{names[2 + Pick(2)]}}":{{Schema(depth)}}}""";

    private string List(int depth) =>
        $"[{string.Join(',', Enumerable.Range(0, 1 + Pick(3)).Select(_ => Schema(depth)))}]";

    private string Of(string[] choices) => choices[Pick(choices.Length)];

    private int Pick(int count) => _random.Next(count);
#pragma warning restore CA5394
}
