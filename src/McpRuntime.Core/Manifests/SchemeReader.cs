using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads one security scheme.</summary>
internal static class SchemeReader
{
    public static readonly string[] LegacyTypes = ["none", "api_key", "oauth2_client_credentials"];

    private static readonly string[] Types =
    [
        "api_key",
        "basic",
        "bearer",
        "http",
        "oauth2",
        "open_id_connect",
        "mutual_tls",
        "oauth2_client_credentials",
    ];

    private static readonly string[] ClientCredentialsKeys =
    [
        "type",
        "description",
        "token_url",
        "scopes",
        "client_auth",
        "audience",
        "extra",
    ];

    private static readonly string[] OAuth2Keys =
    [
        .. ClientCredentialsKeys,
        "flows",
        "authorization_url",
        "refresh_url",
        "device_authorization_url",
        .. SignInSettingsJson.Keys,
    ];

    /// <summary>Null where the type is not known; that has been reported.</summary>
    public static SecurityScheme? Read(ManifestFields fields, JsonElement value, string[]? types = null)
    {
        if (!fields.Enter(value, JsonValueKind.Object))
            return null;
        types ??= Types;
        string? type = null;
        fields.At("type");
        if (!value.TryGetProperty("type", out var typeElement))
            fields.Error(
                ManifestRules.MissingKey,
                $"A security scheme has no 'type'; it is one of {string.Join(", ", types)}."
            );
        else if (fields.NeededWord(typeElement, types) is { } index)
            type = types[index];
        var scheme = type is null ? null : ReadAs(fields, value, type);
        fields.Leave();
        return scheme;
    }

    private static SecurityScheme ReadAs(ManifestFields fields, JsonElement value, string type)
    {
        string[] keys = type switch
        {
            "api_key" => ["type", "description", "location", "key_name", "scheme"],
            "http" => ["type", "description", "scheme"],
            "bearer" => ["type", "description", "format"],
            "open_id_connect" => ["type", "description", "url", .. SignInSettingsJson.Keys],
            "oauth2" => OAuth2Keys,
            "oauth2_client_credentials" => ClientCredentialsKeys,
            _ => ["type", "description"],
        };
        foreach (var property in value.EnumerateObject())
        {
            if (!keys.Contains(fields.At(property), StringComparer.Ordinal))
                fields.Unknown(property.Name, $"a security scheme of type {type}", keys);
        }
        SecurityScheme scheme = type switch
        {
            "api_key" => ReadApiKey(fields, value),
            "basic" => new BasicScheme(),
            "bearer" => new BearerScheme { Format = Text(fields, value, "format") },
            "http" => new HttpScheme(Required(fields, value, "scheme", type)),
            "open_id_connect" => new OpenIdConnectScheme(Required(fields, value, "url", type))
            {
                SignIn = SignInSettingsJson.Read(fields, value),
            },
            "mutual_tls" => new MutualTlsScheme(),
            "oauth2" => ReadOAuth2(fields, value, ReadFlows(fields, value), Text(fields, value, "token_url")) with
            {
                SignIn = SignInSettingsJson.Read(fields, value),
            },
            _ => ReadOAuth2(fields, value, [OAuth2Flow.ClientCredentials], Required(fields, value, "token_url", type)),
        };
        return scheme with { Description = Text(fields, value, "description") };
    }

    private static ApiKeyScheme ReadApiKey(ManifestFields fields, JsonElement value)
    {
        var location = ArgumentLocation.Header;
        if (
            TryMember(fields, value, "location", out var member)
            && fields.Word(member, ManifestWords.KeyLocations) is { } index
        )
        {
            location = (ArgumentLocation)Array.IndexOf(ManifestWords.Locations, ManifestWords.KeyLocations[index]);
        }
        return new ApiKeyScheme(
            location,
            Required(fields, value, "key_name", "api_key"),
            Text(fields, value, "scheme")
        );
    }

    private static OAuth2Scheme ReadOAuth2(
        ManifestFields fields,
        JsonElement value,
        IReadOnlyList<OAuth2Flow> flows,
        string? tokenUrl
    )
    {
        var authentication = TryMember(fields, value, "client_auth", out var member)
            ? fields.Word(member, ManifestWords.ClientAuthentications)
            : null;
        var scheme = new OAuth2Scheme
        {
            Flows = flows,
            TokenUrl = tokenUrl,
            AuthorizationUrl = Text(fields, value, "authorization_url"),
            RefreshUrl = Text(fields, value, "refresh_url"),
            DeviceAuthorizationUrl = Text(fields, value, "device_authorization_url"),
            ClientAuthentication = (ClientAuthentication)(authentication ?? 0),
            Audience = Text(fields, value, "audience"),
        };
        if (TryMember(fields, value, "scopes", out var scopes))
            scheme = scheme with { Scopes = fields.Texts(scopes) };
        if (TryMember(fields, value, "extra", out var extra))
            scheme = scheme with { Extra = fields.TextMap(extra) };
        return scheme;
    }

    private static List<OAuth2Flow> ReadFlows(ManifestFields fields, JsonElement value)
    {
        var flows = new List<OAuth2Flow>();
        if (!TryMember(fields, value, "flows", out var list) || !fields.Enter(list, JsonValueKind.Array))
            return flows;
        var position = 0;
        foreach (var item in list.EnumerateArray())
        {
            fields.At(position++);
            if (fields.Word(item, ManifestWords.Flows) is { } index)
                flows.Add((OAuth2Flow)index);
        }
        fields.Leave();
        return flows;
    }

    private static string? Text(ManifestFields fields, JsonElement value, string name) =>
        TryMember(fields, value, name, out var member) ? fields.Text(member) : null;

    private static string Required(ManifestFields fields, JsonElement value, string name, string type)
    {
        fields.At(name);
        if (value.TryGetProperty(name, out var member))
            return fields.Needed(member);
        fields.Missing(name, $"A security scheme of type {type}");
        return "";
    }

    private static bool TryMember(ManifestFields fields, JsonElement value, string name, out JsonElement member)
    {
        fields.At(name);
        return value.TryGetProperty(name, out member) && member.ValueKind != JsonValueKind.Null;
    }
}
