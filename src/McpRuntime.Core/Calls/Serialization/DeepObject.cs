using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Calls.Serialization;

/// <summary>
/// deepObject to any depth: <c>items[0][price]=p1&amp;items[0][tax_rates][0]=t</c>. OpenAPI 3.1.1 (Style Values)
/// defines one level of scalars; the rest is what qs, PHP and Rails read and what Stripe's own clients send.
/// </summary>
internal static class DeepObject
{
    /// <summary>
    /// Name and text of each scalar, nothing encoded; nulls are left out, and items are counted without them.
    /// </summary>
    /// <param name="name">Name on the wire. One that ends with <c>[]</c> takes the items of an array without an
    /// index.</param>
    /// <param name="value">An object or array.</param>
    public static IEnumerable<(string Name, string Text)> Flatten(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    foreach (var pair in Flatten($"{name}[{property.Name}]", property.Value))
                        yield return pair;
                }
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Null)
                        continue;
                    var own = name.EndsWith("[]", StringComparison.Ordinal)
                        ? name
                        : string.Create(CultureInfo.InvariantCulture, $"{name}[{index++}]");
                    foreach (var pair in Flatten(own, item))
                        yield return pair;
                }
                break;
            default:
                if (ScalarText.Of(value) is { } text)
                    yield return (name, text);
                break;
        }
    }
}
