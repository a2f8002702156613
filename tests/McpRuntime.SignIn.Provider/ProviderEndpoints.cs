using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace McpRuntime.SignIn.Provider;

/// <summary>The pages of the provider, and an API that wants its tokens.</summary>
internal static class ProviderEndpoints
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <param name="app">The program.</param>
    /// <param name="asks">The user presses a button; else consents at once.</param>
    public static void MapProvider(this WebApplication app, bool asks)
    {
        app.MapGet("/", () => "Provider of the tests");
        app.MapGet("/connect/authorize", (HttpContext context) => Authorize(context, asks));
        app.MapGet("/connect/verify", (Delegate)VerifyAsync);
        app.MapGet("/notes/{folder}", ReadNotesAsync);
        app.MapPost("/expire", ExpireAsync);
    }

    private static IResult Authorize(HttpContext context, bool asks)
    {
        var request = context.GetOpenIddictServerRequest()!;
        return asks && !context.Request.Query.ContainsKey("consent")
            ? Results.Text(ConsentPage(context.Request.Query), "text/html")
            : Results.SignIn(
                Ada(request.GetScopes(), context.RequestServices.GetRequiredService<IConfiguration>()["audience"]),
                authenticationScheme: Scheme
            );
    }

    private static async Task<IResult> VerifyAsync(HttpContext context)
    {
        var code = await context.AuthenticateAsync(Scheme);
        return code is { Succeeded: true, Principal: { } device }
            ? Results.SignIn(Ada(device.GetScopes()), new AuthenticationProperties { RedirectUri = "/" }, Scheme)
            : Results.BadRequest("There is no such code.");
    }

    private static async Task<IResult> ReadNotesAsync(HttpContext context, string folder)
    {
        var token = await context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        return token is { Succeeded: true, Principal: { } caller }
            ? Results.Json(new { folder, account = caller.GetClaim(Claims.Email) })
            : Results.Unauthorized();
    }

    // All access tokens that were given.
    private static async Task ExpireAsync(IOpenIddictTokenManager tokens)
    {
        var all = new List<object>();
        await foreach (var token in tokens.ListAsync())
            all.Add(token);
        foreach (var token in all)
        {
            if (await tokens.HasTypeAsync(token, TokenTypeIdentifiers.AccessToken))
                await tokens.TryRevokeAsync(token);
        }
    }

    private static ClaimsPrincipal Ada(IEnumerable<string> scopes, string? audience = null)
    {
        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, "ada").SetClaim(Claims.Email, "ada@example.com").SetScopes(scopes);
        if (audience is not null)
            identity.SetResources(audience);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }

    private static string ConsentPage(IQueryCollection query)
    {
        var fields = query.Select(field =>
            $"<input type=\"hidden\" name=\"{WebUtility.HtmlEncode(field.Key)}\" "
            + $"value=\"{WebUtility.HtmlEncode(field.Value.ToString())}\">"
        );
        return $"""
            <!doctype html><html lang="en"><title>Provider</title><h1>Sign in</h1>
            <form>{string.Concat(fields)}<button name="consent" value="yes">Allow</button></form></html>
            """;
    }
}
