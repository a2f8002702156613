using System.IO.Pipes;
using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Parent;
using McpRuntime.Network;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Credentials.Parent;

/// <summary>Both ends of the talk between a server and the process that started it, over real pipes.</summary>
public sealed class ParentCredentialTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AnonymousPipeServerStream _toParent = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _toChild = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _parentReads;
    private readonly AnonymousPipeClientStream _childReads;
    private readonly SecretRecordStore _records;
    private readonly ParentCredentialSource _source;
    private readonly Task _listening;

    public ParentCredentialTests()
    {
        _parentReads = new AnonymousPipeClientStream(PipeDirection.In, _toParent.GetClientHandleAsString());
        _childReads = new AnonymousPipeClientStream(PipeDirection.In, _toChild.GetClientHandleAsString());
        _records = new SecretRecordStore(_folder.Path);
        _source = new ParentCredentialSource(_toParent, _records);
        _listening = Task.Run(() => _source.ListenAsync(_childReads, CancellationToken.None));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parent_answers_what_it_is_asked()
    {
        await RecordAsync("api", "s");
        var parent = ParentAsync(new OneCredential());
        using var credential = await _source.FindAsync(new CredentialKey("api", "s"), Token);
        Assert.Equal("s3cret \"with\" ☃", credential![CredentialField.Password]!.Reveal());
        Assert.Equal("user", credential[CredentialField.Username]!.Reveal());
        Assert.Equal(
            ("vault Mine", Origin.Of(new Uri("https://api.example"))),
            (credential.Source, Assert.Single(credential.Origins))
        );
        await HangUpAsync(parent);
    }

    [Fact]
    public async Task Many_questions_at_once_get_their_own_answers()
    {
        for (var i = 0; i < 20; i++)
            await RecordAsync($"api{i}", "s");
        var parent = ParentAsync(new OneCredential());
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(async i =>
                {
                    using var credential = await _source.FindAsync(new CredentialKey($"api{i % 20}", "s"), Token);
                    Assert.Equal($"api{i % 20}", credential![CredentialField.Token]!.Reveal());
                })
        );
        await HangUpAsync(parent);
    }

    [Fact]
    public async Task Nothing_is_asked_that_the_user_has_not_recorded()
    {
        Assert.Null(await _source.FindAsync(new CredentialKey("api", "s"), Token));
        Assert.True(_source.IsCurrent(new CredentialKey("api", "s"), null));
        await RecordAsync("api", "s");
        Assert.False(_source.IsCurrent(new CredentialKey("api", "s"), null));
    }

    [Fact]
    public async Task Change_of_the_record_counts_at_once()
    {
        await RecordAsync("api", "s");
        var parent = ParentAsync(new OneCredential());
        using var credential = await _source.FindAsync(new CredentialKey("api", "s"), Token);
        Assert.True(_source.IsCurrent(new CredentialKey("api", "s"), credential));
        await RecordAsync("api", "s");
        Assert.False(_source.IsCurrent(new CredentialKey("api", "s"), credential));
        await HangUpAsync(parent);
    }

    [Fact]
    public async Task Failure_of_the_parent_keeps_its_words_and_its_name()
    {
        await RecordAsync("api", "locked");
        var parent = ParentAsync(new OneCredential());
        var error = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            _source.FindAsync(new CredentialKey("api", "locked"), Token).AsTask()
        );
        Assert.Contains("Unlock-SecretVault", error.Message, StringComparison.Ordinal);
        Assert.Equal("VaultLocked", error.ErrorCode);
        await HangUpAsync(parent);
    }

    [Fact]
    public async Task Lines_that_are_no_answers_are_ignored()
    {
        await RecordAsync("api", "s");
        var asked = _source.FindAsync(new CredentialKey("api", "s"), Token).AsTask();
        using var reader = new StreamReader(_parentReads);
        Assert.Equal("""{"credential":{"id":1,"connector":"api","scheme":"s"}}""", await reader.ReadLineAsync(Token));
        foreach (
            var line in (string[])
                [
                    "",
                    "nonsense",
                    "[1]",
                    "{\"id\":\"x\"}",
                    "{\"id\":7,\"fields\":{\"token\":\"other\"}}",
                    "{\"id\":1,\"fields\":{\"unknown\":\"x\"}}",
                    "{\"id\":1,\"more\":{\"a\":[1]},\"fields\":{\"token\":\"good\"}}",
                ]
        )
            await _toChild.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), Token);
        using var credential = await asked;
        Assert.Equal("good", credential![CredentialField.Token]!.Reveal());
    }

    [Fact]
    public async Task Parent_that_goes_ends_the_wait()
    {
        await RecordAsync("api", "s");
        var asked = _source.FindAsync(new CredentialKey("api", "s"), Token).AsTask();
        _toChild.Dispose();
        await _listening.WaitAsync(ProcessRunner.HangGuard, Token);
        var error = await Assert.ThrowsAsync<McpRuntimeException>(() => asked);
        Assert.Contains("has ended", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpRuntimeException>(() =>
            _source.FindAsync(new CredentialKey("api", "s"), Token).AsTask()
        );
    }

    public async ValueTask DisposeAsync()
    {
        _toChild.Dispose();
        await _listening;
        _toParent.Dispose();
        _parentReads.Dispose();
        _childReads.Dispose();
        _source.Dispose();
        _folder.Dispose();
    }

    private Task<SecretRecord> RecordAsync(string connector, string scheme) =>
        _records.SetAsync(
            new CredentialKey(connector, scheme),
            now => new SecretRecord("Mine", "name", false, [CredentialField.Token], now),
            Token
        );

    private async Task ParentAsync(ICredentialSource source)
    {
        using var answers = new ParentAnswers([source], _toChild, _ => new AddressPolicy([], []));
        using var reader = new StreamReader(_parentReads);
        Assert.False(await answers.TryAnswerAsync("""{"url":"http://127.0.0.1:1","token":"x"}""", Token));
        Assert.False(await answers.TryAnswerAsync("Listening", Token));
        while (await reader.ReadLineAsync(Token) is { } line)
            Assert.True(await answers.TryAnswerAsync(line, Token));
    }

    private async Task HangUpAsync(Task parent)
    {
        _toParent.Dispose();
        await parent.WaitAsync(ProcessRunner.HangGuard, Token);
    }

    private sealed class OneCredential : ICredentialSource
    {
        public string HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) => "not at all";

        public ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken) =>
            key.Scheme == "locked"
                ? throw new McpRuntimeException("The vault is locked; run Unlock-SecretVault.")
                {
                    ErrorCode = "VaultLocked",
                }
                : ValueTask.FromResult<Credential?>(
                    new Credential("vault Mine")
                    {
                        [CredentialField.Username] = new Secret("user"),
                        [CredentialField.Password] = new Secret("s3cret \"with\" ☃"),
                        [CredentialField.Token] = new Secret(key.Connector),
                        Origins = [Origin.Of(new Uri("https://api.example"))],
                    }
                );
    }
}
