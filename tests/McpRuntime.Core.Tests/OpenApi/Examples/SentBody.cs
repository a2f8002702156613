using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>
/// Whether the JSON body that goes out is the example: the same JSON value, but for nulls, for values that every call
/// sends or that are added as defaults, and for the conversions that docs/calls.md lists.
/// </summary>
internal static class SentBody
{
    /// <summary>Where the two differ; null where they do not.</summary>
    public static string? Difference(JsonElement example, JsonElement sent, ToolManifest tool)
    {
        // Where any value fits, the text of a body is a value like others.
        if (example.ValueKind == JsonValueKind.String && JsonEquality.Instance.Equals(example, sent))
            return null;
        return Difference(ExampleArguments.AsObject(example), sent, "", name =>
            IsFixed(tool, name) || HasDefault(tool, name)
        );
    }

    private static string? Difference(JsonElement example, JsonElement sent, string pointer, Func<string, bool>? mayAdd)
    {
        if (Converted(example, sent))
            return null;
        if (example.ValueKind != sent.ValueKind)
            return $"{pointer}: {example.GetRawText()} went out as {sent.GetRawText()}";
        return example.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(example, sent, pointer, mayAdd),
            JsonValueKind.Array => OfArrays(example, sent, pointer),
            _ => JsonEquality.Instance.Equals(example, sent)
                ? null
                : $"{pointer}: {example.GetRawText()} went out as {sent.GetRawText()}",
        };
    }

    private static string? OfObjects(JsonElement example, JsonElement sent, string pointer, Func<string, bool>? mayAdd)
    {
        foreach (var member in example.EnumerateObject())
        {
            var at = JsonPointer.Append(pointer, member.Name);
            // Of a name given twice, the last counts.
            var value = example.GetProperty(member.Name);
            if (!sent.TryGetProperty(member.Name, out var own))
            {
                if (value.ValueKind != JsonValueKind.Null && mayAdd?.Invoke(member.Name) != true)
                    return $"{at} did not go out";
            }
            else if (mayAdd?.Invoke(member.Name) != true && Difference(value, own, at, null) is { } difference)
                return difference;
        }
        foreach (var member in sent.EnumerateObject())
        {
            if (!example.TryGetProperty(member.Name, out _) && mayAdd?.Invoke(member.Name) != true)
                return $"{JsonPointer.Append(pointer, member.Name)} went out, but is not in the example";
        }
        return null;
    }

    private static string? OfArrays(JsonElement example, JsonElement sent, string pointer)
    {
        if (example.GetArrayLength() != sent.GetArrayLength())
            return $"{pointer}: {example.GetArrayLength()} items went out as {sent.GetArrayLength()}";
        var index = 0;
        foreach (var (item, own) in example.EnumerateArray().Zip(sent.EnumerateArray()))
        {
            if (Difference(item, own, $"{pointer}/{index++}", null) is { } difference)
                return difference;
        }
        return null;
    }

    // JSON text for what it says, and one value for an array of it.
    private static bool Converted(JsonElement example, JsonElement sent)
    {
        if (
            sent.ValueKind == JsonValueKind.Array
            && sent.GetArrayLength() == 1
            && example.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)
            && Difference(example, sent[0], "", null) is null
        )
            return true;
        if (example.ValueKind != JsonValueKind.String || sent.ValueKind == JsonValueKind.String)
            return false;
        try
        {
            return Difference(JsonElement.Parse(example.GetString()!), sent, "", null) is null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsFixed(ToolManifest tool, string name) =>
        tool.Fixed.Any(each => each.In == ArgumentLocation.Body && each.Name == name);

    private static bool HasDefault(ToolManifest tool, string wireName)
    {
        var input = tool.InputSchema.ToElement();
        var name = tool
            .Arguments?.FirstOrDefault(each => each.Value.In == ArgumentLocation.Body && each.Value.Name == wireName)
            .Key;
        return name is not null
            && input.TryGetProperty("required", out var required)
            && required.EnumerateArray().Any(each => each.GetString() == name)
            && input.GetProperty("properties").GetProperty(name) is { ValueKind: JsonValueKind.Object } own
            && (
                own.TryGetProperty("default", out _)
                || own.TryGetProperty("const", out _)
                || own.TryGetProperty("enum", out _)
            );
    }
}
