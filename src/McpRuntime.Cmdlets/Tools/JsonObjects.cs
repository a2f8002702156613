using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// JSON as PowerShell's objects. As <c>ConvertFrom-Json</c> has it, with two differences: numbers keep every digit,
/// and text that looks like a date stays text.
/// </summary>
internal static class JsonObjects
{
    public static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => FromObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(From).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => FromNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject FromObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            // PowerShell's names ignore case and cannot be empty; the last of several wins, as for readers of JSON.
            var name = property.Name.Length == 0 ? " " : property.Name;
            result.Properties.Remove(name);
            result.Properties.Add(new PSNoteProperty(name, From(property.Value)));
        }
        return result;
    }

    private static object FromNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
            return whole;
        var text = element.GetRawText();
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
            return BigInteger.Parse(text, CultureInfo.InvariantCulture);
        // A decimal keeps 0.1 and trailing zeros; where it would round, the double is what others have too.
        return text.AsSpan().IndexOfAny('e', 'E') < 0 && element.TryGetDecimal(out var exact) && exact.ToString(CultureInfo.InvariantCulture) == text
            ? exact
            : element.GetDouble();
    }
}
