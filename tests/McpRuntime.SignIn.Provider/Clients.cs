using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace McpRuntime.SignIn.Provider;

/// <summary>
/// A native program, whose port on loopback is free to choose, and a resource server that looks tokens up.
/// </summary>
internal static class Clients
{
    public static async Task AddAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DbContext>().Database.EnsureCreatedAsync();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        await clients.CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = "gateway",
                ClientSecret = "of-the-client-5530",
                ClientType = ClientTypes.Confidential,
                Permissions = { Permissions.Endpoints.Introspection },
            }
        );
        await clients.CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ApplicationType = ApplicationTypes.Native,
                ClientId = "my-client",
                ClientType = ClientTypes.Public,
                RedirectUris =
                {
                    new Uri("http://127.0.0.1/callback"),
                    new Uri("http://127.0.0.1/sign-in/callback"),
                    new Uri("http://127.0.0.1/connect/callback"),
                },
                Permissions =
                {
                    Permissions.Endpoints.Authorization,
                    Permissions.Endpoints.Token,
                    Permissions.Endpoints.DeviceAuthorization,
                    Permissions.Endpoints.Revocation,
                    Permissions.GrantTypes.AuthorizationCode,
                    Permissions.GrantTypes.RefreshToken,
                    Permissions.GrantTypes.DeviceCode,
                    Permissions.ResponseTypes.Code,
                    Permissions.Scopes.Email,
                    Permissions.Scopes.Profile,
                },
            }
        );
    }
}
