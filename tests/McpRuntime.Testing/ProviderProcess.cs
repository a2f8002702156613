using System.Diagnostics;
using System.Text.Json;

namespace McpRuntime.Testing;

/// <summary>
/// The OpenIddict server of <c>McpRuntime.SignIn.Provider</c> as a process of its own. Its client is
/// <c>my-client</c>, its user <c>ada@example.com</c>; below <c>/notes</c> is an API that wants its tokens.
/// </summary>
public sealed class ProviderProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ProviderProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <param name="cancellationToken">Ends the wait for its start.</param>
    /// <param name="life">Seconds that an access token is said to live.</param>
    /// <param name="leeway">Seconds that a used refresh token may be used again.</param>
    /// <param name="asks">The user presses a button; else consents at once.</param>
    /// <param name="audience">Of access tokens; null for none.</param>
    /// <param name="encrypts">Only it can read its access tokens, also where they have an audience.</param>
    public static async Task<ProviderProcess> StartAsync(
        CancellationToken cancellationToken,
        int life = 3600,
        int leeway = 0,
        bool asks = false,
        string? audience = null,
        bool encrypts = false
    )
    {
        var process = ProcessRunner.Start(
            Executable(),
            [
                "--life",
                $"{life}",
                "--leeway",
                $"{leeway}",
                "--asks",
                $"{asks}",
                .. audience is null ? (string[])[] : ["--audience", audience, "--encrypts", $"{encrypts}"],
            ]
        );
        process.BeginErrorReadLine();
        var url = await process
            .StandardOutput.ReadLineAsync(cancellationToken)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, cancellationToken);
        var provider = new ProviderProcess(
            process,
            new Uri(url ?? throw new InvalidOperationException("The provider ended before it told its URL."))
        );
        await provider.WarmAsync(cancellationToken);
        return provider;
    }

    /// <summary>Accepts none of the access tokens that it gave any more.</summary>
    public async Task ExpireAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(Url, "/expire"), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How often it did something: the name of a grant, with <c> refused</c>, or <c>revoked</c>.</summary>
    public async Task<int> CountAsync(string what, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var counts = JsonElement.Parse(await client.GetStringAsync(new Uri(Url, "/counts"), cancellationToken));
        return counts.TryGetProperty(what, out var count) ? count.GetInt32() : 0;
    }

    /// <summary>A connector whose user signs in here, and whose API is here too.</summary>
    public string Manifest(string name) =>
        $$"""
            connector:
              manifest_version: 2
              name: {{name}}
              version: 1.0.0
              base_url: {{Url.GetLeftPart(UriPartial.Authority)}}
              security_schemes:
                user: { type: open_id_connect, url: '{{Url}}.well-known/openid-configuration', client_id: my-client }
              tools:
              - name: find_notes
                description: Finds notes.
                endpoint: GET /notes/{folder}
                arguments:
                  folder: { in: path, name: folder }
                input_schema: { type: object, properties: { folder: { type: string } }, required: [folder] }
                security: [ { user: [] } ]
            """;

    public async ValueTask DisposeAsync()
    {
        // It ends with its standard input.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(ProcessRunner.HangGuard);
        _process.Dispose();
    }

    // Who asks a provider gives it some seconds. The first answers of a process take the longest.
    private async Task WarmAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = ProcessRunner.HangGuard };
        foreach (var path in (string[])[".well-known/openid-configuration", ".well-known/jwks", "connect/token"])
            (await client.GetAsync(new Uri(Url, path), cancellationToken)).Dispose();
    }

    // Built with the test project, into its own folder, in the same configuration and for the same framework.
    private static string Executable()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var file = OperatingSystem.IsWindows() ? "McpRuntime.SignIn.Provider.exe" : "McpRuntime.SignIn.Provider";
        return RepositoryRoot.PathOf("tests", "McpRuntime.SignIn.Provider", "bin", own.Parent!.Name, own.Name, file);
    }
}
