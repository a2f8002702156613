using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace McpRuntime.SignIn.Provider;

/// <summary>A provider as most are: rolling refresh tokens, tokens that are checked against a store at each use.</summary>
internal static class ProviderSetup
{
    /// <param name="services">Those of the program.</param>
    /// <param name="settings">
    /// <c>life</c>: seconds that an access token is said to live; it is accepted for longer, so that a slow machine
    /// fails no test, and no longer after <c>POST /expire</c>. <c>leeway</c>: seconds that a used refresh token may be used
    /// again; none without it. <c>audience</c>: access tokens are for it, and JWTs that anyone can read, unless it
    /// <c>encrypts</c> them.
    /// </param>
    public static void AddProvider(this IServiceCollection services, IConfiguration settings)
    {
        services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase("provider").UseOpenIddict());
        services.AddAuthentication();
        services
            .AddOpenIddict()
            .AddCore(core =>
                core.UseEntityFrameworkCore(store => store.UseDbContext<DbContext>().DisableBulkOperations())
            )
            .AddServer(server =>
            {
                server
                    .SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetDeviceAuthorizationEndpointUris("connect/device")
                    .SetEndUserVerificationEndpointUris("connect/verify")
                    .SetRevocationEndpointUris("connect/revoke")
                    .SetIntrospectionEndpointUris("connect/introspect");
                server
                    .AllowAuthorizationCodeFlow()
                    .AllowRefreshTokenFlow()
                    .AllowDeviceAuthorizationFlow()
                    .RequireProofKeyForCodeExchange()
                    .RegisterScopes(Scopes.Email, Scopes.Profile)
                    .SetRefreshTokenReuseLeeway(TimeSpan.FromSeconds(settings.GetValue("leeway", 0)))
                    .AddEphemeralEncryptionKey()
                    .AddEphemeralSigningKey();
                if (settings["audience"] is not null && !settings.GetValue<bool>("encrypts"))
                    server.DisableAccessTokenEncryption();
                server.AddEventHandler<ApplyTokenResponseContext>(handler =>
                    handler.UseInlineHandler(context =>
                    {
                        if (context.Response is { ExpiresIn: not null } response)
                            response.ExpiresIn = settings.GetValue("life", 3600);
                        return ValueTask.CompletedTask;
                    })
                );
                server
                    .UseAspNetCore()
                    .DisableTransportSecurityRequirement()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndUserVerificationEndpointPassthrough();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.EnableTokenEntryValidation();
                validation.UseAspNetCore();
            });
    }
}
