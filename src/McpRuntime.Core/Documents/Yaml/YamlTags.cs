namespace McpRuntime.Documents.Yaml;

/// <summary>
/// The tags of YAML's own schemas (YAML 1.2.2 chapter 10, and the types of 1.1 that documents still name).
/// </summary>
internal static class YamlTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    public static bool IsScalar(string tag) =>
        tag is "!"
        || (
            tag.StartsWith(Prefix, StringComparison.Ordinal)
            && tag.AsSpan(Prefix.Length) is "str" or "int" or "float" or "bool" or "null" or "binary" or "timestamp"
        );

    public static bool IsCollection(string tag) =>
        tag is "!"
        || (
            tag.StartsWith(Prefix, StringComparison.Ordinal)
            && tag.AsSpan(Prefix.Length) is "map" or "seq" or "set" or "omap" or "pairs"
        );

    /// <summary>True where the text of a scalar decides its type; false where it is a string.</summary>
    public static bool Resolves(string? tag, bool isPlain)
    {
        if (tag is null)
            return isPlain;
        if (!tag.StartsWith(Prefix, StringComparison.Ordinal))
            return isPlain && tag != "!";
        return tag.AsSpan(Prefix.Length) is "int" or "float" or "bool" or "null";
    }
}
