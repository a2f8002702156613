using System.Buffers;

namespace McpRuntime.OpenApi.Operations;

/// <summary>The <c>token</c> of RFC 9110 section 5.6.2: methods and names of headers.</summary>
internal static class HttpToken
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    internal static bool IsValid(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Allowed);
}
