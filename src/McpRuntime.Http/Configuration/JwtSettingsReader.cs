using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Configuration;

/// <summary>
/// Reads <see cref="JwtSettings"/>. The key's text is turned into key bytes at once and never named in a message.
/// </summary>
internal static class JwtSettingsReader
{
    private static readonly string[] Examples = ["secret", "password", "changeme", "change-me", "example", "12345678"];

    private const int LeastBytes = 32;
    private const int LeastDifferentBytes = 12;

    public static JwtSettings Read(SettingValues values, bool development) =>
        new()
        {
            SecretKey = Key(values, development),
            Authority = Authority(values),
            Issuer = values.Text("JWT_ISSUER") ?? "mcp-runtime",
            Audience = values.Text("JWT_AUDIENCE"),
            RolesClaim = values.Text("JWT_ROLES_CLAIM"),
            DefaultRole = values.Text("JWT_DEFAULT_ROLE"),
        };

    private static SymmetricSecurityKey? Key(SettingValues values, bool development)
    {
        const string Name = SettingValues.Prefix + "JWT_SECRET_KEY";
        if (values.Text("JWT_SECRET_KEY") is not { } text)
            return null;
        var key = Encoding.UTF8.GetBytes(text);
        if (key.Length < LeastBytes)
            values.Object(
                $"{Name} has {CountText.Of(key.Length, "byte")}; HS256 takes at least {LeastBytes}, e.g. of 'openssl "
                    + $"rand -base64 48'."
            );
        else if (!development && (key.Distinct().Count() < LeastDifferentBytes || LooksLikeAnExample(text)))
            values.Object($"{Name} can be guessed; in production use random text, e.g. of 'openssl rand -base64 48'.");
        return new SymmetricSecurityKey(key);
    }

    private static bool LooksLikeAnExample(string text) =>
        Examples.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static Uri? Authority(SettingValues values)
    {
        if (values.Text("JWT_AUTHORITY") is not { } text)
            return null;
        // Anyone who can change the keys on their way can sign tokens.
        return
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))
            ? url
            : values.Refuse<Uri?>(
                "JWT_AUTHORITY",
                "the https URL of an OpenID Connect or OAuth issuer, e.g. https://login.example.com",
                null
            );
    }
}
