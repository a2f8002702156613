using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>
/// JSON as PowerShell's objects. As <c>ConvertFrom-Json</c> has it, with two differences: numbers keep every digit,
/// and text that looks like a date stays text.
/// </summary>
internal static class JsonObjects
{
    public const int MaxDepth = 1024;

    /// <param name="json">One value.</param>
    /// <param name="asHashtable">Objects become ordered hashtables whose keys are compared exactly.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="AnswerOutputException">A key cannot be the name of a property: keys that differ only in case,
    /// an empty or reserved one.</exception>
    public static object? From(ReadOnlySpan<byte> json, bool asHashtable) =>
        Read(json, asHashtable ? Keys.Hashtable : Keys.Refuse);

    /// <summary>
    /// JSON of the runtime's own: an object that PowerShell's objects cannot hold becomes a hashtable.
    /// </summary>
    public static object? From(JsonElement element) =>
        Read(JsonMarshal.GetRawUtf8Value(element), Keys.HashtableWhereNeeded);

    private static object? Read(ReadOnlySpan<byte> json, Keys keys)
    {
        // Text that is not UTF-8 is shown as text, with replacement characters in its place.
        if (!Utf8.IsValid(json))
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        return ReadValue(ref reader, keys);
    }

    private static object? ReadValue(ref Utf8JsonReader reader, Keys keys) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => keys == Keys.Hashtable
                ? ReadHashtable(ref reader)
                : ReadObject(ref reader, keys),
            JsonTokenType.StartArray => ReadArray(ref reader, keys),
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => ReadNumber(ref reader),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => null,
        };

    private static object?[] ReadArray(ref Utf8JsonReader reader, Keys keys)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader, keys));
        return [.. items];
    }

    private static object ReadObject(ref Utf8JsonReader reader, Keys keys)
    {
        var beginning = reader;
        var properties = new PropertyNames();
        var result = new PSObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var other = properties.Find(name);
            if (name.Length == 0 || PropertyNames.IsReserved(name) || (other is not null && other.Name != name))
            {
                if (keys == Keys.Refuse)
                    throw Refusal(name, other?.Name);
                reader = beginning;
                return ReadHashtable(ref reader);
            }
            reader.Read();
            var value = ReadValue(ref reader, keys);
            // The same key twice: the last one counts, as for every reader of JSON.
            if (other is not null)
            {
                other.Value = value;
                continue;
            }
            var property = new PSNoteProperty(name, value);
            properties.Add(property);
            result.Properties.Add(property, preValidated: true);
        }
        return result;
    }

    private static IDictionary ReadHashtable(ref Utf8JsonReader reader)
    {
        var result = PowerShellTypes.OrderedHashtable();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            result[name] = ReadValue(ref reader, Keys.Hashtable);
        }
        return result;
    }

    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            return whole;
        var text = Encoding.ASCII.GetString(reader.ValueSpan);
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
            return BigInteger.Parse(text, CultureInfo.InvariantCulture);
        // A decimal keeps 0.1 and trailing zeros; where it would round, the double is what others have too.
        if (
            text.AsSpan().IndexOfAny('e', 'E') < 0
            && reader.TryGetDecimal(out var exact)
            && exact.ToString(CultureInfo.InvariantCulture) == text
        )
            return exact;
        var number = reader.GetDouble();
        // Beyond a double's range there is infinity, which is not what the API sent.
        return double.IsFinite(number) || NumberText.Integer(text) is not { } digits
            ? number
            : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
    }

    private static AnswerOutputException Refusal(string name, string? other)
    {
        var what =
            other is not null ? $"the keys '{Shown(other)}' and '{Shown(name)}', which differ only in case"
            : name.Length == 0 ? "an empty key"
            : $"the key '{Shown(name)}', a name that PowerShell reserves";
        return new AnswerOutputException(
            ErrorId.AnswerKeysAmbiguous,
            $"The answer has an object with {what}, which PowerShell objects cannot have as a property. Use "
                + $"-AsHashtable."
        );
    }

    private static string Shown(string name) =>
        Diagnostics.UntrustedText.Shorten(Diagnostics.UntrustedText.Clean(name), 80);

    private enum Keys
    {
        Refuse,
        HashtableWhereNeeded,
        Hashtable,
    }
}
