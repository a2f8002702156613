using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// Tells values that look like secrets. Documents also contain real ones by mistake, and an example is shown to models.
/// </summary>
internal static class SecretNames
{
    private static readonly string[] Names =
    [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "apikey",
        "privatekey",
        "accesskey",
        "credential",
        "authorization",
        "signature",
    ];

    // What may follow such a name.
    private static readonly string[] Ends = ["value", "hash", "text", "s"];

    private static readonly string[] Prefixes =
    [
        "-----BEGIN",
        "ghp_",
        "gho_",
        "github_pat_",
        "glpat-",
        "sk_live_",
        "sk_test_",
        "sk-",
        "xox",
        "AKIA",
        "eyJ",
        "Bearer ",
        "Basic ",
    ];

    /// <summary>Whether the value has a property named like a secret, or a text that begins like one.</summary>
    public static bool AreIn(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    var isText = property.Value.ValueKind is not (JsonValueKind.Number or JsonValueKind.True);
                    if ((isText && IsSecret(JsonRead.Name(property))) || AreIn(property.Value))
                        return true;
                }
                return false;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (AreIn(item))
                        return true;
                }
                return false;
            case JsonValueKind.String:
                return JsonRead.Text(value) is not { } text
                    || Array.Exists(Prefixes, prefix => text.StartsWith(prefix, StringComparison.Ordinal));
            default:
                return false;
        }
    }

    // By the end of the name: a secret_name, a token_type and secret_scanning are not secrets.
    private static bool IsSecret(string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal)
            .ToLowerInvariant();
        foreach (var end in Ends)
        {
            if (plain.EndsWith(end, StringComparison.Ordinal))
                plain = plain[..^end.Length];
        }
        return Array.Exists(Names, secret => plain.EndsWith(secret, StringComparison.Ordinal));
    }
}
