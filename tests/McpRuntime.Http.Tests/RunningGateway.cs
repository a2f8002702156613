using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Hosting;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests;

/// <summary>A real gateway in this process on a free port of loopback, with its own folders.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private static readonly string Cache = new TemporaryFolder().Path;

    private readonly TemporaryFolder _home;
    private readonly bool _ownsHome;
    private readonly TextWriter _log;
    private readonly StringBuilder _logged;

    private RunningGateway(
        WebApplication app,
        TemporaryFolder home,
        bool ownsHome,
        TextWriter log,
        StringBuilder logged
    )
    {
        App = app;
        _home = home;
        _ownsHome = ownsHome;
        (_log, _logged) = (log, logged);
        Url = new Uri(app.Urls.First());
        Anonymous = new HttpClient { BaseAddress = Url, Timeout = ProcessRunner.HangGuard };
        Client = Admin();
    }

    public WebApplication App { get; }

    public Uri Url { get; }

    /// <summary>As <see cref="Admin"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>A client without a token.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>The admin token of the first start in this home; null where someone else has one already.</summary>
    public string? Token =>
        App.Services.GetRequiredService<StartUp>() switch
        {
            { TokenFile: { } file } => File.ReadAllText(file).Trim(),
            var start => start.ParentToken,
        };

    /// <summary>A client with <see cref="Token"/>, which may do everything.</summary>
    public HttpClient Admin()
    {
        var client = new HttpClient { BaseAddress = Url, Timeout = ProcessRunner.HangGuard };
        if (Token is { } token)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>A client with a token of these roles.</summary>
    public Task<HttpClient> ClientAsync(params string[] roles) => ClientAsync(roles, projects: []);

    /// <summary>A client with a token of these roles that is limited to projects.</summary>
    public async Task<HttpClient> ClientAsync(string[] roles, string[] projects)
    {
        var (_, text) = await App
            .Services.GetRequiredService<TokenStore>()
            .CreateAsync("test", roles, projects, null, TestContext.Current.CancellationToken);
        var client = new HttpClient { BaseAddress = Url, Timeout = ProcessRunner.HangGuard };
        client.DefaultRequestHeaders.Authorization = new("Bearer", text);
        return client;
    }

    public TemporaryFolder Home => _home;

    /// <param name="variables">Settings without their prefix.</param>
    /// <param name="home">An existing data folder, to start a second time in it.</param>
    /// <param name="change">Changes the parts before they are put together.</param>
    public static async Task<RunningGateway> StartAsync(
        IEnumerable<(string Name, string Value)>? variables = null,
        TemporaryFolder? home = null,
        Func<GatewayParts, GatewayParts>? change = null
    )
    {
        var folder = home ?? new TemporaryFolder();
        var settings = (variables ?? []).ToDictionary(v => "MCP_RUNTIME_" + v.Name, v => v.Value);
        settings.TryAdd("MCP_RUNTIME_PORT", "0");
        settings.TryAdd("MCP_RUNTIME_DATA_DIR", folder.PathOf("data"));
        // Written next to what goes on, and so perhaps after the home is gone; the end of the test run removes it.
        settings.TryAdd("MCP_RUNTIME_CACHE_DIR", Cache);
        settings.TryAdd("MCP_RUNTIME_CONNECTORS_DIR", folder.PathOf("connectors"));
        // Who asks until something has happened must not be refused for it on a slow machine.
        settings.TryAdd("MCP_RUNTIME_RATE_LIMIT_REQUESTS_PER_MINUTE", "0");
        var runtime = SettingsReader.Read(settings.GetValueOrDefault);
        var logged = new StringBuilder();
        var log = TextWriter.Synchronized(new StringWriter(logged));
        var parts = new GatewayParts
        {
            Runtime = runtime,
            Gateway = GatewaySettingsReader.Read(settings.GetValueOrDefault, runtime),
            Log = log,
        };
        var app = GatewayHost.Build(change?.Invoke(parts) ?? parts);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningGateway(app, folder, home is null, log, logged);
    }

    /// <summary>Stops it and gives all that it logged, which is written next to what goes on.</summary>
    public async Task<string> EndAsync()
    {
        await StopAsync().WaitAsync(ProcessRunner.HangGuard);
        await App.DisposeAsync();
        return _logged.ToString();
    }

    public Task StopAsync() => App.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        await App.DisposeAsync();
        if (_ownsHome)
            _home.Dispose();
        await _log.DisposeAsync();
    }
}
