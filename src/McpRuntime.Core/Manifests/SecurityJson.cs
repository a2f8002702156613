namespace McpRuntime.Manifests;

/// <summary>Security schemes and requirements as JSON.</summary>
internal static class SecurityJson
{
    public static void WriteSchemes(ManifestJsonWriter writer, IReadOnlyDictionary<string, SecurityScheme> schemes)
    {
        if (schemes.Count == 0)
            return;
        writer.Key("security_schemes");
        writer.BeginObject();
        foreach (var (name, scheme) in schemes)
        {
            writer.Key(name);
            writer.BeginObject();
            WriteScheme(writer, scheme);
            writer.Member("description", scheme.Description);
            writer.EndObject();
        }
        writer.EndObject();
    }

    public static void WriteRequirements(ManifestJsonWriter writer, IReadOnlyList<SecurityRequirement> requirements)
    {
        writer.Key("security");
        writer.BeginArray();
        foreach (var requirement in requirements)
        {
            writer.BeginObject();
            foreach (var (name, scopes) in requirement.Schemes)
            {
                writer.Key(name);
                writer.Strings(scopes);
            }
            writer.EndObject();
        }
        writer.EndArray();
    }

    /// <summary><c>auth</c> of version 1, in its own words.</summary>
    public static void WriteLegacyAuth(ManifestJsonWriter writer, LegacyAuth? auth)
    {
        if (auth is null)
            return;
        writer.Key("auth");
        writer.BeginObject();
        switch (auth.Scheme)
        {
            case null:
                writer.Member("type", "none");
                break;
            case OAuth2Scheme oauth2:
                writer.Member("type", "oauth2_client_credentials");
                WriteOAuth2(writer, oauth2);
                break;
            default:
                WriteScheme(writer, auth.Scheme);
                break;
        }
        writer.Member("description", auth.Scheme?.Description);
        writer.EndObject();
    }

    private static void WriteScheme(ManifestJsonWriter writer, SecurityScheme scheme)
    {
        switch (scheme)
        {
            case ApiKeyScheme apiKey:
                writer.Member("type", "api_key");
                writer.Member("location", ManifestWords.Locations[(int)apiKey.Location]);
                writer.Member("key_name", apiKey.KeyName);
                writer.Member("scheme", apiKey.Prefix);
                break;
            case BasicScheme:
                writer.Member("type", "basic");
                break;
            case BearerScheme bearer:
                writer.Member("type", "bearer");
                writer.Member("format", bearer.Format);
                break;
            case HttpScheme http:
                writer.Member("type", "http");
                writer.Member("scheme", http.Scheme);
                break;
            case OAuth2Scheme oauth2:
                writer.Member("type", "oauth2");
                if (oauth2.Flows.Count > 0)
                {
                    writer.Key("flows");
                    writer.BeginArray();
                    foreach (var flow in oauth2.Flows)
                        writer.Value(ManifestWords.Flows[(int)flow]);
                    writer.EndArray();
                }
                WriteOAuth2(writer, oauth2);
                SignInSettingsJson.Write(writer, oauth2.SignIn);
                break;
            case OpenIdConnectScheme openIdConnect:
                writer.Member("type", "open_id_connect");
                writer.Member("url", openIdConnect.Url);
                SignInSettingsJson.Write(writer, openIdConnect.SignIn);
                break;
            case MutualTlsScheme:
                writer.Member("type", "mutual_tls");
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(scheme),
                    scheme.GetType(),
                    "An unknown kind of security scheme."
                );
        }
    }

    private static void WriteOAuth2(ManifestJsonWriter writer, OAuth2Scheme scheme)
    {
        writer.Member("token_url", scheme.TokenUrl);
        writer.Member("authorization_url", scheme.AuthorizationUrl);
        writer.Member("refresh_url", scheme.RefreshUrl);
        writer.Member("device_authorization_url", scheme.DeviceAuthorizationUrl);
        writer.Member("scopes", scheme.Scopes);
        if (scheme.ClientAuthentication != ClientAuthentication.Basic)
            writer.Member("client_auth", ManifestWords.ClientAuthentications[(int)scheme.ClientAuthentication]);
        writer.Member("audience", scheme.Audience);
        writer.Member("extra", scheme.Extra);
    }
}
