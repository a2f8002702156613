using System.Net;
using System.Security.Cryptography.X509Certificates;
using McpRuntime.Calls;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Guards;
using McpRuntime.Http.Health;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;
using McpRuntime.Http.RateLimits;
using McpRuntime.Http.RuntimeControl;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Http.Tools;
using McpRuntime.Network;
using McpRuntime.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Hosting;

/// <summary>Puts the gateway together.</summary>
internal static class GatewayHost
{
    /// <summary>
    /// Builds the gateway; the caller starts and disposes it. The empty builder reads no file and no variable of its
    /// own: an <c>appsettings.json</c> in the working directory must not change what is served.
    /// </summary>
    public static WebApplication Build(GatewayParts parts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mcp-runtime-http" });
        var logs = new LogBuffer();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Services
            .AddSingleton<ILoggerProvider>(_ => new GatewayLoggerProvider(
                logs, parts.Runtime.LogLevel, parts.Runtime.Debug, parts.Log, parts.Time))
            .AddSingleton(logs)
            .AddSingleton(parts.Runtime)
            .AddSingleton(parts.Gateway)
            .AddSingleton(parts.Time)
            .AddSingleton(parts)
            .AddSingleton(_ => Database.Open(parts.Gateway.Database))
            .AddSingleton<TokenStore>()
            .AddSingleton<TokenVerifier>()
            .AddSingleton(parts.Gateway.RolesFile is { } roles ? RoleBook.Load(roles) : RoleBook.BuiltIn)
            .AddSingleton<ResourceUrls>()
            .AddSingleton<JwtVerifier>()
            .AddSingleton<OpenAccess>()
            .AddSingleton<Challenge>()
            .AddSingleton<StartUp>()
            .AddSingleton<AuditLog>()
            .AddSingleton(services => Registry(parts, services))
            .AddSingleton<FolderConnectors>()
            .AddSingleton<GuardedHttp>()
            .AddSingleton(services => Caller(parts, services))
            .AddSingleton<CallFeed>()
            .AddSingleton<CallMetrics>()
            .AddSingleton<CallParts>()
            .AddSingleton(services => new McpParts(services.GetRequiredService<ILoggerFactory>(), parts.ChangeServer, parts.BuiltIns))
            .AddSingleton<ProjectStore>()
            .AddSingleton<ProjectTable>()
            .AddSingleton<GatewayState>()
            .AddSingleton<HealthCheck>()
            .AddSingleton<McpScopes>()
            .AddSingleton<SessionTable>()
            .AddSingleton<McpEndpoints>()
            .AddHostedService(services => services.GetRequiredService<StartUp>())
            .AddHostedService(services => services.GetRequiredService<AuditLog>())
            .AddHostedService(services => services.GetRequiredService<ProjectTable>())
            .AddHostedService(services => services.GetRequiredService<SessionTable>())
            .AddRouting()
            .Configure<HostOptions>(options => options.ShutdownTimeout = parts.Gateway.ShutdownTimeout);
        Authenticate(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, parts.Gateway));
        if (parts.Gateway.Tls is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();

        var app = builder.Build();
        UsePipeline(app, parts.Gateway);
        HealthEndpoints.Map(app);
        ResourceMetadata.Map(app);
        McpEndpoints.Map(app);
        TokenEndpoints.Map(app);
        ProjectEndpoints.Map(app);
        ToolEndpoints.Map(app);
        RuntimeEndpoints.Map(app);
        MetricsEndpoint.Map(app);
        AuditEndpoints.Map(app);
        app.MapFallback(context => ProblemWriter.WriteAsync(
            context, Problem.NotFound($"There is nothing at this path for {context.Request.Method}.")))
            .AllowAnonymous();
        app.Services.GetRequiredService<ConnectorRegistry>().Start();
        return app;
    }

    private static ConnectorRegistry Registry(GatewayParts parts, IServiceProvider services) => new(
        new ConnectorRegistryOptions
        {
            Folder = parts.Runtime.ConnectorsFolder,
            HotReload = parts.Runtime.HotReload,
            MaxManifestBytes = parts.Runtime.DocumentLimits.MaxBytes,
        },
        services.GetRequiredService<ILogger<ConnectorRegistry>>(),
        parts.Time);

    private static ToolCaller Caller(GatewayParts parts, IServiceProvider services)
    {
        List<ICredentialSource> sources = [new EnvironmentCredentialSource()];
        if (parts.Runtime.CredentialsFolder is { } folder)
            sources.Add(new FileCredentialSource(folder, services.GetRequiredService<ILogger<FileCredentialSource>>()));
        return new ToolCaller(
            parts.Runtime,
            services.GetRequiredService<GuardedHttp>(),
            new ApprovalStore(parts.Runtime.DataFolder, parts.Time),
            sources,
            services.GetRequiredService<ILogger<ToolCaller>>(),
            parts.Time);
    }

    private static void UsePipeline(WebApplication app, GatewaySettings settings)
    {
        if (settings.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(ProxyOptions(settings));
        app.UseMiddleware<ResponseHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<RequestGuard>();
        app.UseMiddleware<CrossOrigin>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<DrainMiddleware>();
    }

    // Whatever route forgets to say who may call it needs a token: that is the fallback, not a marker to remember.
    private static void Authenticate(IServiceCollection services)
    {
        services.AddAuthentication(BearerHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(context => context.User is Caller).Build())
            .AddPolicy(Policies.Management, policy => policy.RequireAssertion(context => context.User is Caller { IsManager: true }));
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

    private static void Listen(KestrelServerOptions kestrel, GatewaySettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = settings.MaxRequestBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        foreach (var address in settings.Addresses)
        {
            kestrel.Listen(address, settings.Port, endpoint =>
            {
                // Without TLS there is no negotiation; HTTP/2 by prior knowledge is nothing that MCP clients use.
                endpoint.Protocols = settings.Tls is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (settings.Tls is { } tls)
                    endpoint.UseHttps(Load(tls));
            });
        }
    }

    private static Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions Load(TlsFiles tls)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(tls.Certificate);
            return new()
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key),
                ServerCertificateChain = chain,
            };
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException(
                $"The certificate {tls.Certificate} with the key {tls.Key} cannot be used: {exception.Message}", exception);
        }
    }
}

/// <summary>What a gateway is made of; a test brings its own clock and log.</summary>
internal sealed record GatewayParts
{
    public required RuntimeSettings Runtime { get; init; }

    public required GatewaySettings Gateway { get; init; }

    /// <summary>A process that started the gateway reads its standard output and keeps its standard input open.</summary>
    public bool HasParent { get; init; }

    /// <summary>Changes the options of every MCP server; for the conformance suite's fixture.</summary>
    public Action<McpServerOptions>? ChangeServer { get; init; }

    /// <summary>Takes the place of the built-in tools; for the same.</summary>
    public IReadOnlyList<BuiltInTool>? BuiltIns { get; init; }

    /// <summary>Where log lines go.</summary>
    public required TextWriter Log { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
