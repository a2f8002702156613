using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>
/// The environment variable from which a client takes the token of a server: the file has only its name.
/// </summary>
internal static class TokenVariable
{
    public const string Prefix = "MCP_RUNTIME_TOKEN_";

    /// <param name="name">The entry's name. Two names never share a variable, which would give one server's token to
    /// another.</param>
    public static string Of(string name)
    {
        var isPlain = name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');
        var readable = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
        return Prefix
            + (
                isPlain
                    ? readable
                    : $"{readable}_{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4))}"
            );
    }
}
