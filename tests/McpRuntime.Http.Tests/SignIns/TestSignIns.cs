using System.Security.Cryptography;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.Hosting;
using McpRuntime.Http.SignIns;
using McpRuntime.Network;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Gateways with a key ring, an API that knows people, and their sign-ins.</summary>
internal static class TestSignIns
{
    public const string Scheme = "person";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static DatabaseSignInStore SignIns(this RunningGateway gateway) =>
        gateway.App.Services.GetRequiredService<DatabaseSignInStore>();

    /// <summary>A gateway whose key file is in the home; replicas of one database may share it.</summary>
    public static Task<RunningGateway> StartAsync(
        TemporaryFolder home,
        string? database = null,
        Func<GatewayParts, GatewayParts>? change = null
    )
    {
        var key = home.PathOf("ring.key");
        if (!File.Exists(key))
            home.Write("ring.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        List<(string, string)> variables = [Manifests.Loopback, ("KEY_RING_KEY_FILE", key)];
        if (database is not null)
            variables.Add(("DATABASE_URL", database));
        return RunningGateway.StartAsync(variables, home, change);
    }

    public static string Manifest(Uri api, string overHttp = "per_caller") =>
        Manifests.Shop(api)
        + $$"""

              security_schemes:
                {{Scheme}}:
                  type: oauth2
                  flows: [authorization_code]
                  authorization_url: {{api}}authorize
                  token_url: {{api}}token
              security:
              - {{Scheme}}: []
              credentials: { over_http: {{overHttp}} }
            """;

    public static CredentialKey Key(string? holder, string connector = "shop", string profile = "default") =>
        new(connector, Scheme) { Holder = holder, Profile = profile };

    /// <param name="token">Its access token.</param>
    /// <param name="api">Has the token endpoint.</param>
    /// <param name="isOver">The access token has expired.</param>
    public static SignIn SignIn(string token, Uri? api = null, bool isOver = false)
    {
        var now = DateTimeOffset.UtcNow;
        return new SignIn
        {
            Generation = McpRuntime.Credentials.SignIns.SignIn.FirstGeneration(now),
            Stamp = Guid.NewGuid().ToString("N"),
            SignedInAt = now,
            ObtainedAt = now,
            ExpiresAt = isOver ? now.AddMinutes(-1) : now.AddHours(1),
            ClientId = "client",
            Account = "account of " + token.Split('-')[^1],
            AccessToken = new Secret(token),
            RefreshToken = new Secret("refresh-of-" + token),
            TokenUrl = api is null ? null : $"{api}token",
        };
    }

    public static async Task ConnectAsync(
        this RunningGateway gateway,
        string? holder,
        string token,
        Uri api,
        bool isOver = false,
        string connector = "shop"
    )
    {
        using var signIn = SignIn(token, api, isOver);
        await gateway
            .SignIns()
            .ConnectAsync(Key(holder) with { Connector = connector }, signIn, [Origin.Of(api)], Cancelled);
    }

    /// <summary>The access token of a key; null where there is no sign-in.</summary>
    public static async Task<string?> TokenAsync(this RunningGateway gateway, CredentialKey key)
    {
        using var signIn = await gateway.SignIns().ReadAsync(key, Cancelled);
        return signIn?.AccessToken!.Reveal();
    }
}
