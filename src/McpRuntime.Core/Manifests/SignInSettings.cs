using System.Collections.ObjectModel;
using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// How a user signs in to an <c>oauth2</c> or <c>open_id_connect</c> scheme; nothing of it is secret.
/// </summary>
public sealed record SignInSettings
{
    public static SignInSettings None { get; } = new();

    /// <summary><c>client_id</c>: the client that is registered with the provider.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>provider</c>: name of a preset for providers that deviate.</summary>
    public string? Provider { get; init; }

    /// <summary><c>redirect_uri</c>, where the provider registers only a certain one on loopback.</summary>
    public string? RedirectUri { get; init; }

    /// <summary><c>revocation_url</c> (RFC 7009).</summary>
    public string? RevocationUrl { get; init; }

    /// <summary><c>issuer</c>: the provider's issuer identifier, whose metadata is read (RFC 8414).</summary>
    public string? Issuer { get; init; }

    /// <summary><c>authorization_extra</c>: further parameters of the authorization request.</summary>
    public IReadOnlyDictionary<string, string> AuthorizationExtra { get; init; } =
        ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>Reads and writes the keys of <see cref="SignInSettings"/> in a scheme.</summary>
internal static class SignInSettingsJson
{
    public static readonly string[] Keys =
    [
        "client_id",
        "provider",
        "redirect_uri",
        "revocation_url",
        "issuer",
        "authorization_extra",
    ];

    public static SignInSettings Read(ManifestFields fields, JsonElement scheme)
    {
        var settings = SignInSettings.None;
        foreach (var property in scheme.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            settings = fields.At(property) switch
            {
                "client_id" => settings with { ClientId = fields.Text(property.Value) },
                "provider" => settings with { Provider = fields.Text(property.Value) },
                "redirect_uri" => settings with { RedirectUri = fields.Text(property.Value) },
                "revocation_url" => settings with { RevocationUrl = fields.Text(property.Value) },
                "issuer" => settings with { Issuer = fields.Text(property.Value) },
                "authorization_extra" => settings with { AuthorizationExtra = fields.TextMap(property.Value) },
                _ => settings,
            };
        }
        return settings;
    }

    public static void Write(ManifestJsonWriter writer, SignInSettings settings)
    {
        writer.Member("client_id", settings.ClientId);
        writer.Member("provider", settings.Provider);
        writer.Member("redirect_uri", settings.RedirectUri);
        writer.Member("revocation_url", settings.RevocationUrl);
        writer.Member("issuer", settings.Issuer);
        writer.Member("authorization_extra", settings.AuthorizationExtra);
    }
}
