using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Credentials;

namespace McpRuntime.Http.Configuration.Issuers;

/// <summary>
/// Reads the issuers file: <c>{"issuers": [{"name": "", "issuer": "", "metadata": "", "audience": [], "rolesClaim": "",
/// "defaultRole": "", "signIn": {}, "introspection": {}}]}</c>.
/// </summary>
internal sealed partial class IssuersFileReader : JsonFileReader
{
    private static readonly string[] Reserved =
    [
        "client_id",
        "response_type",
        "response_mode",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
    ];

    /// <summary>The issuers; fewer where <see cref="JsonFileReader.Problems"/> says why.</summary>
    public IReadOnlyList<TrustedIssuer> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 }
            );
            return ReadFile(document.RootElement);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            Object($"it cannot be read: {exception.Message}");
            return [];
        }
    }

    private List<TrustedIssuer> ReadFile(JsonElement root)
    {
        var issuers = new List<TrustedIssuer>();
        foreach (var (name, value) in Members(root, "the file"))
        {
            if (name != "issuers")
                Unknown(name, "the file", "issuers");
            else
                issuers.AddRange(Items(value, "'issuers'").Select(ReadIssuer).OfType<TrustedIssuer>());
        }
        return issuers;
    }

    private TrustedIssuer? ReadIssuer(JsonElement definition)
    {
        var named =
            definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty("name", out var given)
                ? given
                : default;
        if (named.ValueKind != JsonValueKind.String || !Name().IsMatch(named.GetString()!))
        {
            Object("Each issuer needs a 'name' of lower-case letters, digits and hyphens, e.g. \"staff\".");
            return null;
        }
        var place = $"the issuer '{named.GetString()}'";
        // Replaced by its own, or no issuer comes of it.
        var read = new TrustedIssuer(new Uri("https://none.invalid"))
        {
            Name = named.GetString()!,
            Callback = $"/sign-in/callback/{named.GetString()}",
        };
        var hasUrl = false;
        foreach (var (name, value) in Members(definition, place))
        {
            hasUrl |= name == "issuer";
            read = name switch
            {
                "name" => read,
                "issuer" => read with { Url = Url(value, place) ?? read.Url },
                "metadata" => read with { Metadata = Url(value, place) },
                "audience" => read with { Audiences = Texts(value, place + ", audience") },
                "rolesClaim" => read with { RolesClaim = Text(value, place) },
                "defaultRole" => read with { DefaultRole = Text(value, place) },
                "signIn" => read with { SignIn = ReadSignIn(value, place + ", signIn") },
                "introspection" => read with { Introspection = ReadIntrospection(value, place + ", introspection") },
                _ => Unknown(
                    name,
                    place,
                    "name, issuer, metadata, audience, rolesClaim, defaultRole, signIn, introspection",
                    read
                ),
            };
        }
        if (!hasUrl)
            Object($"In {place}, 'issuer' is missing: the identifier that its tokens have in 'iss'.");
        return read;
    }

    private SignInClient? ReadSignIn(JsonElement definition, string place)
    {
        var (id, secret) = ("", (Secret?)null);
        IReadOnlyList<string> scopes = [];
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Members(definition, place))
        {
            if (name == "clientId")
                id = Text(value, place);
            else if (name == "clientSecretFile")
                secret = SecretOf(value, place);
            else if (name == "scopes")
                scopes = Texts(value, place + ", scopes");
            else if (name == "parameters")
                foreach (var (parameter, text) in Members(value, place + ", parameters"))
                    parameters[parameter] = Text(text, place + ", parameters");
            else
                Unknown(name, place, "clientId, clientSecretFile, scopes, parameters");
        }
        if (id.Length == 0)
            Object($"In {place}, 'clientId' is missing.");
        foreach (var name in parameters.Keys.Intersect(Reserved))
            Object($"In {place}, the parameter '{name}' is the gateway's own.");
        return new SignInClient(id, secret, SignInClient.ScopesOf(scopes)) { Parameters = parameters };
    }

    private Introspection? ReadIntrospection(JsonElement definition, string place)
    {
        var (id, secret, url) = ("", (Secret?)null, (Uri?)null);
        foreach (var (name, value) in Members(definition, place))
        {
            if (name == "clientId")
                id = Text(value, place);
            else if (name == "clientSecretFile")
                secret = SecretOf(value, place);
            else if (name == "url")
                url = Url(value, place);
            else
                Unknown(name, place, "clientId, clientSecretFile, url");
        }
        if (id.Length > 0 && secret is not null)
            return new Introspection(id, secret, url);
        Object($"{place} needs clientId and clientSecretFile.");
        return null;
    }

    private Secret? SecretOf(JsonElement value, string place)
    {
        if (Text(value, place) is not { Length: > 0 } path)
            return null;
        if (SecretTextFile.Fault(path, out var secret) is { } fault)
            Object($"In {place}, 'clientSecretFile' names '{path}', {fault}");
        return secret;
    }

    private Uri? Url(JsonElement value, string place)
    {
        if (
            Uri.TryCreate(Text(value, place), UriKind.Absolute, out var url)
            && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))
            && url.UserInfo.Length == 0
        )
            return url;
        Object($"In {place}, an https URL is expected, e.g. https://login.example.com.");
        return null;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Name();
}
