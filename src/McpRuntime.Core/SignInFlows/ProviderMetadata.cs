using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>A provider's metadata: OpenID Connect Discovery 1.0 section 4, or RFC 8414.</summary>
internal sealed record ProviderMetadata(string Issuer)
{
    private const int MaxBytes = 256 * 1024;
    private const string OpenIdPath = "/.well-known/openid-configuration";
    private const string OAuthPath = "/.well-known/oauth-authorization-server";

    public string? AuthorizationUrl { get; init; }
    public string? TokenUrl { get; init; }
    public string? DeviceAuthorizationUrl { get; init; }
    public string? RevocationUrl { get; init; }
    public bool SendsIssuer { get; init; }
    public bool OnlyInForm { get; init; }
    public bool GivesOfflineAccess { get; init; }

    /// <summary>The metadata of an issuer; of the OAuth form where there is no OpenID form.</summary>
    public static async Task<ProviderMetadata> ReadAsync(
        GuardedHttp http,
        AddressPolicy addresses,
        string issuer,
        CancellationToken cancellationToken
    )
    {
        var root = ProviderUrl.Read(issuer, "issuer");
        var path = root.AbsolutePath.TrimEnd('/');
        var openId = new Uri($"{issuer.TrimEnd('/')}{OpenIdPath}");
        var found = await FetchAsync(http, addresses, openId, cancellationToken);
        found ??= await FetchAsync(http, addresses, new Uri(root, OAuthPath + path), cancellationToken);
        return Checked(
            found ?? throw SignInErrorCode.Failed($"The issuer {Shown(issuer)} has no metadata. Name the endpoints."),
            issuer
        );
    }

    /// <summary>The metadata at a URL of an <c>open_id_connect</c> scheme.</summary>
    public static async Task<ProviderMetadata> ReadAtAsync(
        GuardedHttp http,
        AddressPolicy addresses,
        string location,
        CancellationToken cancellationToken
    )
    {
        var url = ProviderUrl.Read(location, "url");
        var found = await FetchAsync(http, addresses, url, cancellationToken)
            ?? throw SignInErrorCode.Failed($"There is no discovery document at {Shown(location)}.");
        return location.EndsWith(OpenIdPath, StringComparison.Ordinal)
            ? Checked(found, location[..^OpenIdPath.Length])
            : found;
    }

    // RFC 8414 section 3.3: else one provider could speak for another.
    private static ProviderMetadata Checked(ProviderMetadata found, string issuer) =>
        found.Issuer.TrimEnd('/') == issuer.TrimEnd('/')
            ? found
            : throw SignInErrorCode.Failed(
                $"The metadata of {Shown(issuer)} are those of another issuer, {Shown(found.Issuer)}; nothing was sent."
            );

    private static async Task<ProviderMetadata?> FetchAsync(
        GuardedHttp http,
        AddressPolicy addresses,
        Uri url,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var response = await http.For(addresses).SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                return null;
            var (body, _) = await BoundedBody.ReadAsync(response.Content, MaxBytes, cancellationToken);
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw SignInErrorCode.Failed($"{Shown(url.ToString())} is not a JSON object with a provider's metadata.");
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or InvalidDataException or AddressRefusedException)
        {
            throw SignInErrorCode.Failed($"No metadata: {FailureText.Of(failure, Origin.Of(url))}");
        }
    }

    private static ProviderMetadata Read(JsonElement root)
    {
        return new ProviderMetadata(root.GetProperty("issuer").GetString() ?? "")
        {
            AuthorizationUrl = Text("authorization_endpoint"),
            TokenUrl = Text("token_endpoint"),
            DeviceAuthorizationUrl = Text("device_authorization_endpoint"),
            RevocationUrl = Text("revocation_endpoint"),
            SendsIssuer =
                root.TryGetProperty("authorization_response_iss_parameter_supported", out var sends)
                && sends.ValueKind == JsonValueKind.True,
            OnlyInForm =
                root.TryGetProperty("token_endpoint_auth_methods_supported", out var methods)
                && Says(methods, "client_secret_post")
                && !Says(methods, "client_secret_basic"),
            GivesOfflineAccess =
                root.TryGetProperty("scopes_supported", out var scopes) && Says(scopes, "offline_access"),
        };

        string? Text(string name) => root.TryGetProperty(name, out var text) ? text.GetString() : null;
    }

    private static bool Says(JsonElement methods, string method) =>
        methods.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(method));

    private static string Shown(string text) => $"'{UntrustedText.Shorten(UntrustedText.Clean(text), 200)}'";
}
