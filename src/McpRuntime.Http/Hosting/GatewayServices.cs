using System.Net;
using System.Security.Cryptography.X509Certificates;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Compiled;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Parent;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Authentication.Issuers;
using McpRuntime.Http.Authentication.Sessions;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.ConnectorCredentials;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Guards;
using McpRuntime.Http.Health;
using McpRuntime.Http.KeyRings;
using McpRuntime.Http.LiveView;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Metrics;
using McpRuntime.Http.Overview;
using McpRuntime.Http.Page;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;
using McpRuntime.Http.RateLimits;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.RuntimeControl;
using McpRuntime.Http.SignInPages;
using McpRuntime.Http.SignIns;
using McpRuntime.Http.SignIns.Accounts;
using McpRuntime.Http.SignIns.Connecting;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Http.Tools;
using McpRuntime.Network;
using McpRuntime.Results;
using McpRuntime.Server;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Hosting;

/// <summary>What the gateway is made of, once a process.</summary>
internal static class GatewayServices
{
    public static void Add(IServiceCollection services, GatewayParts parts)
    {
        var logs = new LogBuffer();
        services
            .AddSingleton<ILoggerProvider>(_ => new GatewayLoggerProvider(
                logs,
                parts.Runtime.LogLevel,
                parts.Runtime.Debug,
                parts.Log,
                parts.Time
            ))
            .AddSingleton(logs)
            .AddSingleton(parts.Runtime)
            .AddSingleton(parts.Gateway)
            .AddSingleton(parts.Time)
            .AddSingleton(parts)
            .AddSingleton(_ => Database.Open(parts.Gateway.Database))
            .AddSingleton(Replica.New())
            .AddSingleton<MessageTable>()
            .AddSingleton<ReplicaMessages>()
            .AddSingleton<ReplicaTable>()
            .AddSingleton<LiveReplicas>()
            .AddSingleton<ReplicaBeat>()
            .AddSingleton<TokenStore>()
            .AddSingleton<DatabaseOutage>()
            .AddSingleton<TokenCache>()
            .AddSingleton<TokenVerifier>()
            .AddSingleton(Roles(parts.Gateway))
            .AddSingleton<RoleScopes>()
            .AddSingleton<MissingRole>()
            .AddSingleton<ResourceUrls>()
            .AddSingleton<KnownIssuers>()
            .AddSingleton<ClaimedCaller>()
            .AddSingleton<TokenIntrospection>()
            .AddSingleton<JwtVerifier>()
            .AddSingleton<OwnOrigin>()
            .AddSingleton<PageSeal>()
            .AddSingleton<PageSession>()
            .AddSingleton<SignInLinks>()
            .AddSingleton<PendingSignIns>()
            .AddSingleton<IssuerSignIn>()
            .AddSingleton<SignInEndpoints>()
            .AddSingleton<BearerTokens>()
            .AddSingleton<OpenAccess>()
            .AddSingleton<Challenge>()
            .AddSingleton<FirstToken>()
            .AddSingleton<StartUp>()
            .AddSingleton<AuditStore>()
            .AddSingleton<AuditLog>()
            .AddSingleton<IProblemObserver, AuditedProblems>()
            .AddSingleton<IProblemObserver>(services => services.GetRequiredService<Challenge>())
            .AddSingleton(provider => Registry(parts, provider))
            .AddSingleton<SwitchTable>()
            .AddSingleton<FolderConnectors>()
            .AddSingleton(_ => new ParentCredentialSource(
                Console.OpenStandardOutput(),
                new SecretRecordStore(parts.Runtime.DataFolder, parts.Time),
                parts.Time
            ))
            .AddSingleton(new GuardedHttp(parts.Runtime.ExtraRoots))
            .AddSingleton<SignInTokens>()
            .AddSingleton<SignInTable>()
            .AddSingleton<SignInSeal>()
            .AddSingleton<SignInTurns>()
            .AddSingleton<KnownSignIns>()
            .AddSingleton<DatabaseSignInStore>()
            .AddSingleton<GatewaySignInSource>()
            .AddSingleton<ConnectTickets>()
            .AddSingleton<OpenedLinks>()
            .AddSingleton<ConnectLinks>()
            .AddSingleton<ConnectCookie>()
            .AddSingleton<ConnectProviders>()
            .AddSingleton<ConnectProof>()
            .AddSingleton<ConnectSessions>()
            .AddSingleton<ConnectAudit>()
            .AddSingleton<ProofStep>()
            .AddSingleton<ChoiceStep>()
            .AddSingleton<AnswerStep>()
            .AddSingleton<DoneStep>()
            .AddSingleton<PersonOffer>()
            .AddSingleton<ConnectEndpoints>()
            .AddSingleton<SignInRemoval>()
            .AddSingleton<SignInSweep>()
            .AddSingleton<AccountLinks>()
            .AddSingleton(_ => new ApprovalStore(parts.Runtime.DataFolder, parts.Time))
            .AddSingleton<CredentialTable>()
            .AddSingleton<CredentialSeal>()
            .AddSingleton<CredentialSlots>()
            .AddSingleton<KnownCredentials>()
            .AddSingleton<GatewayCredentialSource>()
            .AddSingleton(provider => Sources(parts, provider))
            .AddSingleton<CredentialStates>()
            .AddSingleton<CredentialTest>()
            .AddSingleton<CredentialEndpoints>()
            .AddSingleton(provider => Caller(parts, provider))
            .AddSingleton<CallFeed>()
            .AddSingleton<CallMetrics>()
            .AddSingleton<UpstreamMetrics>()
            .AddSingleton<RefusalCounts>()
            .AddSingleton<IProblemObserver>(services => services.GetRequiredService<RefusalCounts>())
            .AddSingleton<BreakerCounts>()
            .AddSingleton<GatewayFigures>()
            .AddSingleton<GatewayMeter>()
            .AddSingleton<MetricsEndpoint>()
            .AddSingleton<CallAudit>()
            .AddSingleton<CallParts>()
            .AddSingleton(provider => new McpParts(
                provider.GetRequiredService<ILoggerFactory>(),
                parts.ChangeServer,
                parts.BuiltIns,
                parts.Runtime.AnswerBudget == 0 ? null : provider.GetRequiredService<ResultStore>()
            ))
            .AddSingleton(provider => new ResultStore(
                parts.Runtime,
                provider.GetRequiredService<ILogger<ResultStore>>(),
                parts.Time,
                provider.GetRequiredService<ResultArchive>()
            ))
            .AddSingleton<ResultArchive>()
            .AddSingleton(provider => new CompiledManifests(
                parts.Runtime.CacheFolder,
                provider.GetRequiredService<ILogger<CompiledManifests>>(),
                // Projects are read anew then: others than the reviewer may write the cache.
                onlyReviewed: parts.Runtime.LockFile is not null
            ))
            .AddSingleton<ProjectStore>()
            .AddSingleton<ConnectorStore>()
            .AddSingleton<ConnectorHistory>()
            .AddSingleton<ProjectImport>()
            .AddSingleton<ProjectTable>()
            .AddSingleton<DrainTable>()
            .AddSingleton<GatewayState>()
            .AddSingleton<Tickets>()
            .AddSingleton<LiveViewers>()
            .AddSingleton<LiveFeed>()
            .AddSingleton<LiveRelay>()
            .AddSingleton<HealthCheck>()
            .AddSingleton<ConnectorOverview>()
            .AddSingleton<McpScopes>()
            .AddSingleton<ShareTable>()
            .AddSingleton<RateShares>()
            .AddSingleton<RequestLimits>()
            .AddSingleton<SessionTable>()
            .AddSingleton<OpenStreams>()
            .AddSingleton<McpEndpoints>()
            .AddSingleton<ServerCard>()
            .AddHostedService(provider => provider.GetRequiredService<StartUp>())
            .AddHostedService(provider => provider.GetRequiredService<ReplicaMessages>())
            .AddHostedService(provider => provider.GetRequiredService<AuditLog>())
            .AddHostedService(provider => provider.GetRequiredService<FolderConnectors>())
            .AddHostedService(provider => provider.GetRequiredService<ProjectTable>())
            .AddHostedService(provider => provider.GetRequiredService<GatewayState>())
            .AddHostedService(provider => provider.GetRequiredService<LiveRelay>())
            .AddHostedService(provider => provider.GetRequiredService<ReplicaBeat>())
            .AddHostedService(provider => provider.GetRequiredService<RateShares>())
            .AddHostedService(provider => provider.GetRequiredService<ResultArchive>())
            .AddHostedService(provider => provider.GetRequiredService<KnownCredentials>())
            .AddHostedService(provider => provider.GetRequiredService<SessionTable>())
            // Behind the start, which makes the tables: it reads the ring.
            .AddKeyRing(parts.Gateway.KeyRing)
            .AddHostedService(provider => provider.GetRequiredService<SignInSweep>())
            .AddHostedService<GatewayTelemetry>()
            .AddRouting()
            // Not AddAuthentication, which keeps keys for cookies in the user's home.
            .AddAuthenticationCore(authentication =>
            {
                authentication.DefaultScheme = BearerTokenHandler.SchemeName;
                authentication.AddScheme<BearerTokenHandler>(BearerTokenHandler.SchemeName, displayName: null);
            })
            .AddTransient<BearerTokenHandler>()
            .AddWebEncoders()
            .Configure<HostOptions>(options => options.ShutdownTimeout = parts.Gateway.ShutdownTimeout);
    }

    private static RoleBook Roles(GatewaySettings settings)
    {
        var roles = RoleBook.Of(settings.RolesFile);
        IssuerRoles.Check(settings, roles);
        return roles;
    }

    private static ConnectorRegistry Registry(GatewayParts parts, IServiceProvider services) =>
        new(
            new ConnectorRegistryOptions
            {
                Folder = parts.Runtime.ConnectorsFolder,
                HotReload = parts.Runtime.HotReload,
                CacheFolder = parts.Runtime.CacheFolder,
                LockFile = parts.Runtime.LockFile,
                LockStartFile = parts.Runtime.LockStartFile,
                MaxManifestBytes = parts.Runtime.DocumentLimits.MaxBytes,
            },
            services.GetRequiredService<ILogger<ConnectorRegistry>>(),
            parts.Time
        );

    private static ToolCaller Caller(GatewayParts parts, IServiceProvider services)
    {
        var sources = services.GetRequiredService<NamedSources>();
        return new ToolCaller(
            parts.Runtime,
            services.GetRequiredService<GuardedHttp>(),
            services.GetRequiredService<ApprovalStore>(),
            [.. sources.All.Select(named => named.Source)],
            services.GetRequiredService<ILogger<ToolCaller>>(),
            parts.Time,
            [
                services.GetRequiredService<CallFeed>(),
                services.GetRequiredService<CallMetrics>(),
                services.GetRequiredService<UpstreamMetrics>(),
                services.GetRequiredService<CallAudit>(),
            ],
            services.GetRequiredService<RateShares>().Ask
        );
    }

    // In the order in which calls ask them. An account that someone connected is meant, and never another one in its
    // place; what was set through the gateway is newer than what it was started with.
    private static NamedSources Sources(GatewayParts parts, IServiceProvider services)
    {
        List<NamedSource> sources =
        [
            new("sign-in", services.GetRequiredService<GatewaySignInSource>()),
            new("gateway", services.GetRequiredService<GatewayCredentialSource>()),
            .. CredentialSources
                .For(parts.Runtime, services.GetRequiredService<ILoggerFactory>())
                .Select(source => new NamedSource(
                    source is EnvironmentCredentialSource ? "environment" : "file",
                    source
                )),
        ];
        if (parts.HasParent)
            sources.Insert(0, new("parent", services.GetRequiredService<ParentCredentialSource>()));
        return new NamedSources(sources);
    }
}
