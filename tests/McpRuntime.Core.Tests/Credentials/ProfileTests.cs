using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;

namespace McpRuntime.Tests.Credentials;

/// <summary>Which of several accounts a call uses.</summary>
public class ProfileTests
{
    [Theory]
    [InlineData(null, null, null, "default")]
    [InlineData("manifest", null, null, "manifest")]
    [InlineData("manifest", "server", null, "server")]
    [InlineData("manifest", "other=x", null, "manifest")]
    [InlineData("manifest", "api=server,other=x", "call", "call")]
    public async Task Call_goes_before_server_and_server_before_manifest(
        string? manifest,
        string? server,
        string? call,
        string expected
    )
    {
        var source = new ByProfile();
        await using var bench = Bench(source, CallBench.Settings with { Profiles = ProfileChoice.Parse(server) });
        bench.Connector = bench.Connector with { Credentials = new CredentialChoices { Profile = manifest } };

        var request = await bench.SendAsync(CallBench.Tool("GET /x"), context: new CallContext { Profile = call });

        Assert.Equal([$"Bearer {expected}"], request.Header("Authorization"));
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_an_error_and_never_another_account()
    {
        await using var bench = new CallBench(RecordingUpstream.Start(UpstreamAnswer.Json("{}")));
        Configure(bench);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN", "default");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", bench.Upstream.Url.ToString());

        var answer = await bench.CallAsync(CallBench.Tool("GET /x"), context: new CallContext { Profile = "work" });

        Assert.True(answer.IsError);
        Assert.Contains("'api' (profile 'work') needs", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Empty(bench.Upstream.Requests);
    }

    [Theory]
    [InlineData(true, "ada", "ada")]
    [InlineData(false, "ada", "shared")]
    [InlineData(true, null, "shared")]
    public async Task Holder_counts_only_where_each_caller_has_an_account(bool isPerCaller, string? holder, string used)
    {
        var source = new ByProfile { NamesHolder = true };
        await using var bench = Bench(source, CallBench.Settings);
        bench.Connector = bench.Connector with { Credentials = new CredentialChoices { IsPerCaller = isPerCaller } };

        var request = await bench.SendAsync(CallBench.Tool("GET /x"), context: new CallContext { Holder = holder });

        Assert.Equal([$"Bearer {used}"], request.Header("Authorization"));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("=work")]
    [InlineData("box=")]
    [InlineData("box=w/k")]
    public void What_is_not_a_profile_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ProfileChoice.Parse(text));

    private static CallBench Bench(ByProfile source, RuntimeSettings settings)
    {
        var bench = new CallBench(
            RecordingUpstream.Start(UpstreamAnswer.Json("{}")),
            settings: settings,
            source: source
        );
        source.Origin = Origin.Of(bench.Upstream.Url);
        Configure(bench);
        return bench;
    }

    private static void Configure(CallBench bench) =>
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["s"] = new BearerScheme() },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["s"] = [] })],
        };

    /// <summary>Has a token for everyone: the name of the profile, or of the holder.</summary>
    private sealed class ByProfile : ICredentialSource
    {
        public Origin Origin { get; set; } = null!;

        public bool NamesHolder { get; init; }

        public string? HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) => null;

        public ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Credential?>(
                new Credential("test")
                {
                    [CredentialField.Token] = new Secret(NamesHolder ? key.Holder ?? "shared" : key.Profile),
                    Origins = [Origin],
                }
            );
    }
}
