using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas.Patterns;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>minLength</c> and <c>maxLength</c>, in code points (RFC 8259 characters).</summary>
internal sealed class LengthKeyword(SchemaNode owner, string name, long limit) : AssertionKeyword(owner, name)
{
    private readonly bool _isMinimum = name == "minLength";

    protected override bool IsValid(JsonElement instance, Evaluation evaluation)
    {
        if (instance.ValueKind != JsonValueKind.String)
            return true;
        // A code point has one to four bytes in UTF-8, up to twelve with escapes: most strings need no counting.
        var bytes = JsonMarshal.GetRawUtf8Value(instance).Length - 2;
        if (_isMinimum)
            return bytes >= limit && (bytes / 12 >= limit || Length(instance) >= limit);
        return bytes <= limit || Length(instance) <= limit;
    }

    protected override string Describe(JsonElement instance) =>
        $"must have at {(_isMinimum ? "least" : "most")} {CountText.Of(limit, "character")}, "
        + $"has {Length(instance)}: {Show(instance)}";

    private static long Length(JsonElement instance)
    {
        var text = JsonMarshal.GetRawUtf8Value(instance)[1..^1];
        var length = 0L;
        if (text.Contains((byte)'\\'))
        {
            foreach (var _ in instance.GetString()!.EnumerateRunes())
                length++;
            return length;
        }

        foreach (var b in text)
        {
            if ((b & 0xC0) != 0x80)
                length++;
        }

        return length;
    }
}

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternKeyword(SchemaNode owner, SchemaPattern pattern)
    : AssertionKeyword(owner, "pattern", KeywordKinds.Pattern)
{
    protected override bool IsValid(JsonElement instance, Evaluation evaluation) =>
        instance.ValueKind != JsonValueKind.String || pattern.IsMatch(instance, evaluation);

    protected override string Describe(JsonElement instance) =>
        $"must match the pattern {Preview.Of(pattern.Source)}, is {Show(instance)}";
}
