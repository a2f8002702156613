using McpRuntime.Credentials;

namespace McpRuntime.Tests.Credentials;

public sealed class SecretRecordStoreTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private CancellationToken Cancellation { get; } = TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_recorded_is_found_by_another_reader()
    {
        var end = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await new SecretRecordStore(_folder).SetAsync(
            new CredentialKey("petstore", "api_key"),
            now => new("Store", "mcp-x", false, [CredentialField.ClientId, CredentialField.ClientSecret], now, end),
            Cancellation
        );

        var found = new SecretRecordStore(_folder).Find(new CredentialKey("petstore", "api_key"));

        Assert.Equal(("Store", "mcp-x", false, end), (found!.Vault, found.SecretName, found.IsOwn, found.ExpiresAt));
        Assert.Equal([CredentialField.ClientId, CredentialField.ClientSecret], found.Fields);
        Assert.Null(new SecretRecordStore(_folder).Find(new CredentialKey("petstore", "other")));
        Assert.Null(new SecretRecordStore(_folder).Find(new CredentialKey("other", "api_key")));
    }

    [Fact]
    public async Task A_reader_sees_what_another_process_sets()
    {
        var reader = new SecretRecordStore(_folder);
        Assert.Empty(reader.All());

        await new SecretRecordStore(_folder).SetAsync(
            new CredentialKey("a", "s"),
            now => new("V", "n", true, [CredentialField.Value], now, null),
            Cancellation
        );
        var first = reader.Find(new CredentialKey("a", "s"));
        await new SecretRecordStore(_folder).SetAsync(
            new CredentialKey("a", "s"),
            now => new("V", "n", true, [CredentialField.Value], now, null),
            Cancellation
        );
        var second = reader.Find(new CredentialKey("a", "s"));

        Assert.True(first!.IsOwn);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Setting_again_replaces_and_forgetting_leaves_the_others()
    {
        var store = new SecretRecordStore(_folder);
        await store.SetAsync(
            new CredentialKey("b", "s"),
            now => new("V", "n1", false, [CredentialField.Value], now, null),
            Cancellation
        );
        await store.SetAsync(
            new CredentialKey("a", "s"),
            now => new("V", "n2", false, [CredentialField.Value], now, null),
            Cancellation
        );
        await store.SetAsync(
            new CredentialKey("b", "s"),
            now => new("W", "n3", false, [CredentialField.Value], now, null),
            Cancellation
        );

        Assert.Equal(
            [("a", "n2"), ("b", "n3")],
            store.All().Select(entry => (entry.Connector, entry.Record.SecretName))
        );
        Assert.True(await store.ForgetAsync(new CredentialKey("b", "s"), Cancellation));
        Assert.False(await store.ForgetAsync(new CredentialKey("b", "s"), Cancellation));
        Assert.Equal(["a"], store.All().Select(entry => entry.Connector));
    }

    [Fact]
    public async Task Writers_take_turns()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    new SecretRecordStore(_folder).SetAsync(
                        new CredentialKey($"c{i}", "s"),
                        now => new("V", "n", false, [CredentialField.Value], now, null),
                        Cancellation
                    )
                )
        );

        Assert.Equal(8, new SecretRecordStore(_folder).All().Count);
    }

    [Fact]
    public void A_damaged_file_is_named_with_the_fix()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(
            Path.Combine(_folder, SecretRecordStore.FileName),
            """{"connectors":{"a":{"s":{"vault":1}}}}"""
        );

        var exception = Assert.Throws<McpRuntimeException>(() => new SecretRecordStore(_folder).All());

        Assert.Contains("credentials.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains("set the credentials again", exception.Message, StringComparison.Ordinal);
    }
}
