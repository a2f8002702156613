using System.Collections.Concurrent;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Finds the token endpoint of an open_id_connect scheme in its provider's metadata (OpenID Connect Discovery 1.0
/// section 4). What the document says is not trusted: the client's secret goes only to an endpoint whose origin was
/// approved, as with a token_url of the manifest.
/// </summary>
internal sealed class OpenIdDiscovery(GuardedHttp http, TimeProvider time)
{
    private const int MaxBytes = 256 * 1024;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Found> _found = new(StringComparer.Ordinal);

    /// <exception cref="CallException">There is no document, or it names no endpoint.</exception>
    public async Task<Found> FindAsync(
        string connector,
        string name,
        OpenIdConnectScheme scheme,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        var key = $"{connector}\n{scheme.Url}";
        if (_found.TryGetValue(key, out var known) && time.GetElapsedTime(known.Since) < Lifetime)
            return known;
        if (
            !Uri.TryCreate(scheme.Url, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        )
            throw new CallException(
                $"The scheme '{name}' of '{connector}' has the url '{scheme.Url}', which is not an absolute "
                    + $"http or https URL. Correct it in the manifest."
            );
        if (!Origin.Of(url).MayCarryCredentials)
            throw new CallException(
                $"The scheme '{name}' of '{connector}' has its discovery document at {Origin.Of(url)}: over "
                    + $"plain http, anyone on the network could substitute another token endpoint. Use https in "
                    + $"the manifest."
            );
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var response = await http.For(addresses).SendAsync(request, cancellationToken);
            var (body, _) = await BoundedBody.ReadAsync(response.Content, MaxBytes, cancellationToken);
            if ((int)response.StatusCode is not (>= 200 and < 300))
                throw Refuse(connector, name, url, $"answered HTTP {(int)response.StatusCode}");
            return _found[key] = Read(connector, name, url, body);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or InvalidDataException or AddressRefusedException)
        {
            throw new CallException(
                $"No discovery document for '{name}' of '{connector}': {FailureText.Of(failure, Origin.Of(url))}"
            );
        }
    }

    private Found Read(string connector, string name, Uri url, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (
                !root.TryGetProperty("token_endpoint", out var endpoint)
                || !Uri.TryCreate(endpoint.GetString(), UriKind.Absolute, out var token)
                || (token.Scheme != Uri.UriSchemeHttp && token.Scheme != Uri.UriSchemeHttps)
            )
                throw Refuse(connector, name, url, "names no token_endpoint that is an absolute http or https URL");
            // Section 3: a provider that does not say takes client_secret_basic.
            var inForm =
                root.TryGetProperty("token_endpoint_auth_methods_supported", out var methods)
                && Says(methods, "client_secret_post")
                && !Says(methods, "client_secret_basic");
            var scheme = new OAuth2Scheme
            {
                TokenUrl = token.OriginalString,
                ClientAuthentication = inForm ? ClientAuthentication.Post : ClientAuthentication.Basic,
            };
            return new Found(scheme, token, time.GetTimestamp());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Refuse(connector, name, url, "is not a JSON object with provider metadata");
        }
    }

    private static bool Says(JsonElement methods, string method) =>
        methods.ValueKind == JsonValueKind.Array
        && methods.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(method));

    private static CallException Refuse(string connector, string name, Uri url, string what) =>
        new(
            $"The discovery document of '{name}' of '{connector}' at "
                + $"{UntrustedText.Clean(url.GetLeftPart(UriPartial.Path))} {what}. Correct the scheme's url in "
                + $"the manifest, or set a bearer token: {CredentialName.For(connector, name, CredentialField.Token)}."
        );

    /// <summary>What a document said.</summary>
    /// <param name="Scheme">The endpoint and how a client proves itself there.</param>
    /// <param name="TokenUrl">The endpoint.</param>
    /// <param name="Since">When, of the clock.</param>
    internal sealed record Found(OAuth2Scheme Scheme, Uri TokenUrl, long Since);
}
