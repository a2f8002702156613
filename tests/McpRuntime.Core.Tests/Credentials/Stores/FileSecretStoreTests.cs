using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Credentials.Stores;

public sealed class FileSecretStoreTests : IDisposable
{
    private const string Name = "mcp-box-oauth-abc";
    private const string Value = "t0ken-of-this-test";

    private readonly TemporaryFolder _home = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => _home.PathOf("secrets");

    private string FilePath => Path.Combine(Folder, Name + ".secret");

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_written_last_is_read(bool isEncrypted)
    {
        var store = Store(isEncrypted ? Key("first") : null);
        Assert.Null(await ReadAsync(store));

        await WriteAsync(store, "before");
        await WriteAsync(store, Value);
        Assert.Equal(Value, await ReadAsync(store));
        Assert.Equal([Name + ".secret"], Directory.GetFiles(Folder).Select(Path.GetFileName));

        await store.RemoveAsync(Name, Token);
        await store.RemoveAsync(Name, Token);
        Assert.Null(await ReadAsync(store));
    }

    [Fact]
    public async Task Only_the_owner_may_enter_the_folder_and_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions of Unix.");
            return;
        }
        await WriteAsync(Store(null), Value);

        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ReadWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(ReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task An_encrypted_file_does_not_have_the_value_and_differs_each_time()
    {
        var store = Store(Key("first"));
        await WriteAsync(store, Value);
        var one = await File.ReadAllBytesAsync(FilePath, Token);
        await WriteAsync(store, Value);
        var two = await File.ReadAllBytesAsync(FilePath, Token);

        Assert.Equal(-1, one.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Value)));
        // Salt and nonce are new, so the ciphertext is.
        Assert.NotEqual(one[6..34], two[6..34]);
        Assert.NotEqual(one[^Value.Length..], two[^Value.Length..]);
    }

    [Fact]
    public async Task Another_key_and_no_key_are_refused_with_the_setting_to_mend()
    {
        await WriteAsync(Store(Key("first")), Value);

        var other = await Assert.ThrowsAsync<McpRuntimeException>(() => ReadAsync(Store(Key("second"))));
        var none = await Assert.ThrowsAsync<McpRuntimeException>(() => ReadAsync(Store(null)));

        Assert.Contains(FilePath, other.Message, StringComparison.Ordinal);
        Assert.Contains(_home.PathOf("second.key"), other.Message, StringComparison.Ordinal);
        Assert.Contains("written with another key", other.Message, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL_STORE_KEY_FILE", none.Message, StringComparison.Ordinal);
        Assert.Equal(Value, await ReadAsync(Store(Key("first"))));
    }

    [Fact]
    public async Task A_file_of_another_name_and_each_changed_byte_is_refused()
    {
        var store = Store(Key("first"));
        await WriteAsync(store, Value);
        var content = await File.ReadAllBytesAsync(FilePath, Token);
        File.Copy(FilePath, Path.Combine(Folder, "mcp-other.secret"));

        await Assert.ThrowsAsync<McpRuntimeException>(async () => await store.ReadAsync("mcp-other", Token));
        for (var i = 0; i < content.Length; i++)
        {
            byte[] changed = [.. content];
            changed[i] ^= 1;
            // Byte 5 says that it is encrypted: as plain text, it is not the value.
            await File.WriteAllBytesAsync(FilePath, changed, Token);
            if (i == 5)
                Assert.NotEqual(Value, await ReadAsync(store));
            else
                await Assert.ThrowsAsync<McpRuntimeException>(() => ReadAsync(store));
        }
    }

    [Fact]
    public async Task A_plain_file_is_read_with_a_key_and_encrypted_when_it_is_written_again()
    {
        await WriteAsync(Store(null), Value);
        var store = Store(Key("first"));

        Assert.Equal(Value, await ReadAsync(store));
        await WriteAsync(store, Value);

        await Assert.ThrowsAsync<McpRuntimeException>(() => ReadAsync(Store(null)));
    }

    [Fact]
    public async Task A_short_key_and_a_missing_one_are_refused_and_nothing_is_written()
    {
        _home.Write("short.key", new string('k', 31) + "\n");

        var isShort = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            WriteAsync(Store(_home.PathOf("short.key")), Value)
        );
        var missing = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            WriteAsync(Store(_home.PathOf("missing.key")), Value)
        );

        Assert.Contains("fewer than 32 characters", isShort.Message, StringComparison.Ordinal);
        Assert.Contains(_home.PathOf("missing.key"), missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_key_that_others_can_write_and_a_folder_that_others_can_write_are_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions of Unix.");
            return;
        }
        var key = Key("first");
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.GroupWrite);
        var openKey = await Assert.ThrowsAsync<McpRuntimeException>(() => WriteAsync(Store(key), Value));
        await WriteAsync(Store(null), Value);
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.OtherWrite);
        var openFolder = await Assert.ThrowsAsync<McpRuntimeException>(() => ReadAsync(Store(null)));

        Assert.Contains("chmod go-w", openKey.Message, StringComparison.Ordinal);
        Assert.Contains(Folder, openFolder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_see_the_secret_before_or_the_new_one_while_it_is_written_again_and_again()
    {
        var store = Store(Key("first"));
        await WriteAsync(store, new string('0', 2000));
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 60; i++)
                    await WriteAsync(store, new string((char)('0' + (i % 10)), 2000));
            },
            Token
        );

        var reads = 0;
        for (; !writing.IsCompleted || reads == 0; reads++)
        {
            var text = await ReadAsync(store);
            Assert.True(text is { Length: 2000 } && text.All(c => c == text[0]), text);
        }
        await writing;
    }

    [Fact]
    public void A_name_that_leads_elsewhere_is_refused() =>
        Assert.Throws<ArgumentException>(() => Store(null).ReadAsync("../x", Token).AsTask().GetAwaiter().GetResult());

    private static async Task WriteAsync(FileSecretStore store, string value)
    {
        using var secret = new Secret(value);
        await store.WriteAsync(Name, secret, Token);
    }

    private static async Task<string?> ReadAsync(FileSecretStore store)
    {
        using var secret = await store.ReadAsync(Name, Token);
        return secret?.Reveal();
    }

    private FileSecretStore Store(string? keyFile) => new(Folder, keyFile);

    private string Key(string name) => _home.Write($"{name}.key", $"{name} key of at least 32 characters\n");
}
