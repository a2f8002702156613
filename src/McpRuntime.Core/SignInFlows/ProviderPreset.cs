using System.Collections.Frozen;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>What is known of one provider and is not in its API's document; <c>Data/providers.json</c>.</summary>
internal sealed record ProviderPreset(string Name)
{
    private static readonly Lazy<FrozenDictionary<string, ProviderPreset>> All = new(Load);

    /// <summary>Sorted.</summary>
    public static IEnumerable<string> Names => All.Value.Keys.Order(StringComparer.Ordinal);

    public string? AuthorizationUrl { get; init; }
    public string? TokenUrl { get; init; }
    public string? DeviceAuthorizationUrl { get; init; }

    /// <summary>Where tokens are renewed; null where that is <see cref="TokenUrl"/>.</summary>
    public string? RefreshUrl { get; init; }

    /// <summary>It may have <c>{client_id}</c>.</summary>
    public string? RevocationUrl { get; init; }

    public RevocationWay RevocationWay { get; init; }
    public string? Issuer { get; init; }
    public string? RedirectUri { get; init; }

    /// <summary>
    /// URLs of the provider that documents still name, and that this preset's are used in place of.
    /// </summary>
    public IReadOnlyList<string> Supersedes { get; init; } = [];

    /// <summary>Asked for besides what the user wants, such as those that give a refresh token.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Further parameters of the authorization request.</summary>
    public IReadOnlyDictionary<string, string> AuthorizationExtra { get; init; } =
        FrozenDictionary<string, string>.Empty;

    public string ScopeParameter { get; init; } = "scope";
    public string ScopeSeparator { get; init; } = " ";

    /// <summary>
    /// Member of the token response that has the user's token; null where that is the response itself.
    /// </summary>
    public string? TokenMember { get; init; }

    public ClientAuthentication ClientAuthentication { get; init; }
    public bool NeedsClientSecret { get; init; }

    /// <summary>The device flow alone: a provider may want a secret for its pages and none for this.</summary>
    public bool DeviceCodeNeedsClientSecret { get; init; }

    /// <exception cref="McpRuntimeException">There is no preset of this name.</exception>
    public static ProviderPreset Named(string name) =>
        All.Value.GetValueOrDefault(name)
        ?? throw SignInErrorCode.Failed(
            $"'{UntrustedText.Clean(name)}' is not a known provider. Known are "
                + $"{string.Join(", ", Names)}. Leave the provider out where "
                + "the manifest names the endpoints."
        );

    /// <summary>The preset of a name; null where there is none, as of a later version.</summary>
    public static ProviderPreset? Find(string name) => All.Value.GetValueOrDefault(name);

    /// <summary>The preset whose authorization endpoint has this origin; null for none.</summary>
    public static ProviderPreset? At(string? authorizationUrl) =>
        authorizationUrl is not null && Origin.TryParse(authorizationUrl, out var origin)
            ? All.Value.Values.FirstOrDefault(preset => Origin.Of(new Uri(preset.AuthorizationUrl!)) == origin)
            : null;

    private static FrozenDictionary<string, ProviderPreset> Load()
    {
        using var stream = typeof(ProviderPreset).Assembly.GetManifestResourceStream(
            "McpRuntime.SignInFlows.providers.json"
        )!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().Select(Read).ToFrozenDictionary(preset => preset.Name);
    }

    private static ProviderPreset Read(JsonProperty entry)
    {
        var value = entry.Value;
        return new ProviderPreset(entry.Name)
        {
            AuthorizationUrl = Text("authorization_url"),
            TokenUrl = Text("token_url"),
            DeviceAuthorizationUrl = Text("device_authorization_url"),
            RefreshUrl = Text("refresh_url"),
            RevocationUrl = Text("revocation_url"),
            RevocationWay = Text("revocation") is { } way
                ? Enum.Parse<RevocationWay>(way, ignoreCase: true)
                : RevocationWay.Standard,
            Issuer = Text("issuer"),
            RedirectUri = Text("redirect_uri"),
            Scopes = Texts("scopes"),
            Supersedes = Texts("supersedes"),
            AuthorizationExtra = value.TryGetProperty("authorization_extra", out var extra)
                ? extra.EnumerateObject().ToFrozenDictionary(item => item.Name, item => item.Value.GetString()!)
                : FrozenDictionary<string, string>.Empty,
            ScopeParameter = Text("scope_parameter") ?? "scope",
            ScopeSeparator = Text("scope_separator") ?? " ",
            TokenMember = Text("token_member"),
            ClientAuthentication =
                Text("client_auth") == "post" ? ClientAuthentication.Post : ClientAuthentication.Basic,
            NeedsClientSecret = Says("needs_client_secret"),
            DeviceCodeNeedsClientSecret = Says("device_code_needs_client_secret"),
        };

        IReadOnlyList<string> Texts(string name) =>
            value.TryGetProperty(name, out var list)
                ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
                : [];

        bool Says(string name) => value.TryGetProperty(name, out var flag) && flag.GetBoolean();

        string? Text(string name) => value.TryGetProperty(name, out var text) ? text.GetString() : null;
    }
}
