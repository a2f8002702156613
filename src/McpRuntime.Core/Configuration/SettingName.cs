using System.Globalization;
using System.Text;

namespace McpRuntime.Configuration;

/// <summary>
/// Names of settings that contain names of a manifest. Letters are upper-cased, digits stay, and every other character
/// becomes <c>_HH</c> of its UTF-8 bytes: no coded name holds or ends with a lone <c>_</c>, so <c>__</c> separates
/// without doubt and two connectors, whose names are lower-case, never mean one variable.
/// </summary>
internal static class SettingName
{
    /// <summary>
    /// Name of the setting that fills a server variable, e.g. <c>MCP_RUNTIME_SERVER__PETSTORE__REGION</c>.
    /// </summary>
    /// <setting name="SERVER__CONNECTOR__VARIABLE" values="text" otherwise="the default in the manifest">
    /// Value of a server variable of a connector, <c>{region}</c> in its URLs. Names are written as for credentials.
    /// </setting>
    public static string ForServerVariable(string connector, string variable) =>
        $"MCP_RUNTIME_SERVER__{Code(connector)}__{Code(variable)}";

    /// <summary>One part of a name, coded.</summary>
    public static string Code(string name)
    {
        var coded = new StringBuilder(name.Length + 8);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                coded.Append(char.ToUpperInvariant((char)rune.Value));
                continue;
            }
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                coded.Append('_').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }
        return coded.ToString();
    }
}
