using System.Net;
using System.Security.Cryptography.X509Certificates;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.ConnectorCredentials;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Guards;
using McpRuntime.Http.Health;
using McpRuntime.Http.LiveView;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Metrics;
using McpRuntime.Http.Overview;
using McpRuntime.Http.Page;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;
using McpRuntime.Http.RateLimits;
using McpRuntime.Http.RuntimeControl;
using McpRuntime.Http.SignInPages;
using McpRuntime.Http.SignIns.Accounts;
using McpRuntime.Http.SignIns.Connecting;
using McpRuntime.Http.Tokens;
using McpRuntime.Http.Tools;
using McpRuntime.Network;
using McpRuntime.Server;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Hosting;

/// <summary>Puts the gateway together.</summary>
internal static class GatewayHost
{
    /// <summary>
    /// Builds the gateway; the caller starts and disposes it. The empty builder reads no file and no variable of its
    /// own: an <c>appsettings.json</c> in the working directory must not change what is served, and a working directory
    /// that a service's user may not read must not keep it from starting.
    /// </summary>
    public static WebApplication Build(GatewayParts parts)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "mcp-runtime-http",
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        GatewayServices.Add(builder.Services, parts);
        builder
            .WebHost.UseKestrelCore()
            // Nothing here blocks a thread, so what a connection does may go on where its bytes were read.
            .UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true)
            .ConfigureKestrel(kestrel => KestrelSetup.Listen(kestrel, parts.Gateway));
        if (parts.Gateway.Tls is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();

        var app = builder.Build();
        UsePipeline(app, parts.Gateway);
        HealthEndpoints.Map(app);
        ResourceMetadata.Map(app);
        McpEndpoints.Map(app);
        ServerCard.Map(app);
        CallerEndpoint.Map(app);
        RolesEndpoint.Map(app);
        SignInMethods.Map(app);
        SignInEndpoints.Map(app);
        TokenEndpoints.Map(app);
        ProjectEndpoints.Map(app);
        ConnectorsEndpoint.Map(app);
        CredentialEndpoints.Map(app);
        ToolEndpoints.Map(app);
        RuntimeEndpoints.Map(app);
        MetricsEndpoint.Map(app);
        LiveEndpoints.Map(app);
        PageEndpoint.Map(app);
        DocumentEndpoint.Map(app);
        AuditEndpoints.Map(app);
        ConnectEndpoints.Map(app);
        AccountEndpoints.Map(app);
        app.MapFallback(UnmatchedRoute.AnswerAsync).AllowAnonymous();
        if (
            parts.Runtime.IsDevelopment
            && SampleConnectors.Install(parts.Runtime.ConnectorsFolder) is var samples and > 0
        )
            app.Logger.LogInformation(
                "Copied {Samples} to {Folder}.",
                CountText.Of(samples, "sample connector"),
                parts.Runtime.ConnectorsFolder
            );
        app.Services.GetRequiredService<ConnectorRegistry>().Start();
        return app;
    }

    private static void UsePipeline(WebApplication app, GatewaySettings settings)
    {
        if (settings.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(ProxyOptions(settings));
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<RequestGuard>();
        app.UseMiddleware<CrossOrigin>();
        // Pings find viewers that vanished without a word.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(LiveEndpoints.Stream),
            live =>
                live.UseWebSockets(
                    new WebSocketOptions
                    {
                        KeepAliveInterval = TimeSpan.FromSeconds(15),
                        KeepAliveTimeout = TimeSpan.FromSeconds(30),
                    }
                )
        );
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<Authorize>();
        app.UseMiddleware<ConditionalChanges>();
        app.UseMiddleware<DrainMiddleware>();
    }

    private static ForwardedHeadersOptions ProxyOptions(GatewaySettings settings)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
            options.KnownIPNetworks.Add(network);
        return options;
    }
}
