using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>
/// The question for a server's token in VS Code's <c>mcp.json</c>: the answer is kept by VS Code, not by the file.
/// </summary>
/// <remarks>code.visualstudio.com, "MCP configuration reference", Input variables for sensitive data.</remarks>
/// <param name="Id">Unique to an entry: entries with one id share their answer, which would give one server's token to
/// another.</param>
internal sealed record TokenInput(string Id)
{
    /// <summary>The top-level list of such questions.</summary>
    public const string Section = "inputs";

    private const string Prefix = "mcp-runtime-token-";

    /// <summary>How the reference of every question of this module begins.</summary>
    public const string ReferencePrefix = "${input:" + Prefix;

    /// <summary>What stands for the answer.</summary>
    public string Reference => "${input:" + Id + "}";

    /// <param name="name">The entry's name.</param>
    public static TokenInput Of(string name)
    {
        var isPlain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        // A name that the reference cannot hold; two of them must not become the same.
        return new TokenInput(
            Prefix
                + (
                    isPlain
                        ? name
                        : "x." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8))
                )
        );
    }

    public void Write(Utf8JsonWriter writer, Uri uri)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "promptString");
        writer.WriteString("id", Id);
        writer.WriteString("description", $"Token of the gateway {uri.GetLeftPart(UriPartial.Authority)}");
        writer.WriteBoolean("password", true);
        writer.WriteEndObject();
    }
}
