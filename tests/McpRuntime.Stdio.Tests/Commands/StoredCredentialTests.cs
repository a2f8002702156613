using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>credentials set</c> and <c>credentials remove</c>, and calls with what they store.</summary>
public sealed class StoredCredentialTests : IDisposable
{
    private const string Secret = "s3cret-of-this-test";

    private readonly McpRuntimeProcess _runtime = new();
    private readonly TemporaryFolder _keys = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string SecretsFolder => Path.Combine(_runtime.DataFolder, "secrets");

    public void Dispose()
    {
        _runtime.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task A_call_sends_the_value_that_was_piped_in_and_nothing_else_shows_it()
    {
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE_KEY_FILE"] = Key();
        await using var notes = AddNotes();

        var set = await _runtime.RunAsync(["credentials", "set", "notes"], Token, Secret + "\n");
        var list = await _runtime.RunAsync(["credentials", "list"], Token);
        var json = await _runtime.RunAsync(["credentials", "check", "--format", "json"], Token);
        var call = await CallAsync();

        Assert.True(set.ExitCode == 0, set.ToString());
        Assert.Contains("'key' of 'notes' in encrypted files", set.Error, StringComparison.Ordinal);
        Assert.Contains($"only to {notes.Url.GetLeftPart(UriPartial.Authority)}", set.Error, StringComparison.Ordinal);
        Assert.Contains("value from encrypted files", list.Out, StringComparison.Ordinal);
        var status = JsonElement.Parse(json.Out).GetProperty("credentials")[0];
        Assert.Equal("default", status.GetProperty("profile").GetString());
        Assert.False(status.GetProperty("sign_in").GetBoolean());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("problem").ValueKind);
        Assert.True(call.ExitCode == 0, call.ToString());
        Assert.Equal([Secret], notes.Requests[^1].Header("X-Key"));
        Assert.DoesNotContain(Secret, $"{set}{list}{json}{call}", StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(_runtime.DataFolder, "*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Where_a_manifest_has_no_scheme_an_example_of_one_is_shown()
    {
        _runtime.AddConnector(
            "open",
            """
            connector:
              manifest_version: 2
              name: open
              version: 1.0.0
              base_url: https://api.example.com
              tools:
              - name: get_status
                description: Reads the status.
                endpoint: GET /status
                input_schema: { type: object, properties: {} }
            """
        );

        var set = await _runtime.RunAsync(["credentials", "set", "open"], Token, Secret);

        Assert.True(set.ExitCode == 1, set.ToString());
        Assert.Contains("security_schemes: { token: { type: bearer } }", set.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_the_files_are_said_to_be_unencrypted_and_with_another_key_the_call_names_it()
    {
        await using var notes = AddNotes();
        var plain = await _runtime.RunAsync(["credentials", "set", "notes"], Token, Secret);
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE_KEY_FILE"] = Key();
        await _runtime.RunAsync(["credentials", "set", "notes"], Token, Secret);
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE_KEY_FILE"] = Key("other");

        var call = await CallAsync();

        Assert.Contains("unencrypted files", plain.Error, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL_STORE_KEY_FILE", plain.Error, StringComparison.Ordinal);
        Assert.True(call.ExitCode == 1, call.ToString());
        Assert.Contains("written with another key", $"{call}", StringComparison.Ordinal);
        Assert.Empty(notes.Requests);
    }

    [Fact]
    public async Task Profiles_have_values_of_their_own_and_a_removed_one_is_gone()
    {
        await using var notes = AddNotes();
        await _runtime.RunAsync(["credentials", "set", "notes"], Token, "mine");
        await _runtime.RunAsync(["credentials", "set", "notes", "--profile", "work"], Token, "theirs");

        await CallAsync();
        _runtime.Environment["MCP_RUNTIME_PROFILE"] = "work";
        await CallAsync();
        var removed = await _runtime.RunAsync(["credentials", "remove", "notes", "--profile", "work"], Token);
        var again = await _runtime.RunAsync(["credentials", "remove", "notes", "--profile", "work"], Token);
        var call = await CallAsync();

        Assert.Equal(["mine", "theirs"], notes.Requests.SelectMany(request => request.Header("X-Key")));
        Assert.True(removed.ExitCode == 0, removed.ToString());
        Assert.True(again.ExitCode == 1, again.ToString());
        Assert.True(call.ExitCode == 1, call.ToString());
        Assert.Contains("credentials set notes --scheme key --profile work", $"{call}", StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(SecretsFolder));
    }

    [Fact]
    public async Task Several_fields_are_lines_of_names_and_values()
    {
        _runtime.AddConnector("notes", Manifest("{ type: basic }", "https://notes.example"));

        var half = await _runtime.RunAsync(["credentials", "set", "notes"], Token, "username=me\n");
        var set = await _runtime.RunAsync(["credentials", "set", "notes"], Token, $"username=me\npassword={Secret}=\n");
        var list = await _runtime.RunAsync(["credentials", "list"], Token);

        Assert.True(half.ExitCode == 1, half.ToString());
        Assert.Contains("Standard input has no password", half.Error, StringComparison.Ordinal);
        Assert.True(set.ExitCode == 0, set.ToString());
        Assert.Contains("username and password from", list.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes", Secret)]
    [InlineData("notes", "--value", Secret)]
    [InlineData("notes", "--field", "value=" + Secret)]
    [InlineData("notes", "--field", Secret)]
    public async Task A_value_in_an_argument_is_refused_and_not_shown(params string[] arguments)
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var output = await _runtime.RunAsync(["credentials", "set", .. arguments], Token);

        Assert.True(output.ExitCode == 2, output.ToString());
        Assert.DoesNotContain(Secret, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("value", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_origin_that_came_later_needs_force()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        await _runtime.RunAsync(["credentials", "set", "notes"], Token, Secret);
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://moved.example"));

        var set = await _runtime.RunAsync(["credentials", "set", "notes"], Token, Secret);
        var check = await _runtime.RunAsync(["credentials", "check"], Token);
        var forced = await _runtime.RunAsync(["credentials", "set", "notes", "--force"], Token, Secret);

        Assert.Contains("https://moved.example, which gets no credential", set.Error, StringComparison.Ordinal);
        Assert.True(check.ExitCode == 1, check.ToString());
        Assert.Contains("https://moved.example", forced.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _runtime.RunAsync(["credentials", "check"], Token)).ExitCode);
    }

    [Fact]
    public async Task A_keyring_that_was_chosen_and_is_not_there_is_an_error_with_the_way_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux may have no keyring.");
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE"] = "keyring";
        _runtime.Environment["DBUS_SESSION_BUS_ADDRESS"] = null;
        _runtime.Environment["XDG_RUNTIME_DIR"] = null;

        var chosen = await _runtime.RunAsync(["credentials", "set", "notes"], Token, Secret);
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE"] = "auto";
        var automatic = await _runtime.RunAsync(["credentials", "set", "notes"], Token, Secret);

        Assert.True(chosen.ExitCode == 1, chosen.ToString());
        Assert.Contains("there is no D-Bus session", chosen.Error, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL_STORE=file", chosen.Error, StringComparison.Ordinal);
        Assert.True(automatic.ExitCode == 0, automatic.ToString());
        Assert.Contains("files in", automatic.Error, StringComparison.Ordinal);
    }

    // Each round ends the process at another step: a temporary file, the secret, the record.
    [Fact]
    public async Task A_process_that_is_killed_while_it_writes_leaves_the_value_before_or_the_new_one()
    {
        await using var notes = AddNotes();
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE_KEY_FILE"] = Key();
        await _runtime.RunAsync(["credentials", "set", "notes"], Token, "value-0");
        var allowed = "value-0";
        Func<State, State, bool>[] steps =
        [
            (_, now) => now.Temporary > 0,
            (before, now) => now.Secret != before.Secret,
            (before, now) => now.Record != before.Record,
        ];
        for (var round = 1; round <= 6; round++)
        {
            var next = $"value-{round}";
            var before = State.Of(_runtime.DataFolder);
            using (var process = _runtime.Start("credentials", "set", "notes"))
            {
                await process.StandardInput.WriteAsync(next.AsMemory(), Token);
                process.StandardInput.Close();
                while (!process.HasExited && !steps[round % 3](before, State.Of(_runtime.DataFolder))) { }
                process.Kill();
                await process.WaitForExitAsync(Token);
            }
            var call = await CallAsync();
            Assert.True(call.ExitCode == 0, call.ToString());
            var sent = Assert.Single(notes.Requests[^1].Header("X-Key"));
            Assert.Contains(sent, new[] { allowed, next });
            allowed = sent;
        }
    }

    private static string Manifest(string scheme, string url) =>
        Documents
            .Manifest("notes", url)
            .Replace("{ type: api_key, location: header, key_name: X-Key }", scheme, StringComparison.Ordinal);

    private Task<ProcessOutput> CallAsync() =>
        _runtime.RunAsync(["call", "write_note", "--arguments", """{"text":"x"}"""], Token);

    private RecordingUpstream AddNotes()
    {
        var notes = RecordingUpstream.Start(UpstreamAnswer.Json("[]"));
        _runtime.AddConnector("notes", Documents.Manifest("notes", notes.Url.GetLeftPart(UriPartial.Authority)));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        return notes;
    }

    private string Key(string name = "one") => _keys.Write(name, $"{name}: a key of at least 32 characters\n");

    private sealed record State(int Temporary, DateTime Secret, DateTime Record)
    {
        public static State Of(string folder)
        {
            var secrets = Directory.GetFiles(Path.Combine(folder, "secrets"));
            return new State(
                secrets.Count(file => file.EndsWith(".tmp", StringComparison.Ordinal)),
                secrets
                    .Where(file => file.EndsWith(".secret", StringComparison.Ordinal))
                    .Select(File.GetLastWriteTimeUtc)
                    .FirstOrDefault(),
                File.GetLastWriteTimeUtc(Path.Combine(folder, "console-credentials.json"))
            );
        }
    }
}
