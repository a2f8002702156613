using McpRuntime.Connectors.Compiled;
using McpRuntime.Files;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using McpRuntime.Tests.Connectors.Registry;
using McpRuntime.Tests.Manifests;
using McpRuntime.Validation;
using static McpRuntime.Tests.Connectors.Compiled.CompiledFixture;

namespace McpRuntime.Tests.Connectors.Compiled;

/// <summary>What others may have written is not read.</summary>
public class CompiledTrustTests
{
    private const string NeedsUnix = "Windows has owners and rights of another kind.";

    private static readonly byte[] Text = Utf8(ManifestSamples.Current);

    [Fact]
    public async Task Folder_and_file_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsUnix);
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(fixture.Folder));
        Assert.NotNull(fixture.Find(Text));
        Assert.Equal([file], Directory.EnumerateFiles(fixture.Folder));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_folder_or_file_that_others_may_write_to_is_not_used(UnixFileMode others)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsUnix);
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        SetMode(file, Mode(file) | others);
        fixture.AssertReadAnew(Text);
        SetMode(file, Mode(file) & ~others);
        Assert.NotNull(fixture.Find(Text));

        SetMode(fixture.Folder, Mode(fixture.Folder) | others);
        fixture.AssertReadAnew(Text);
        var other = Utf8(RegistryFixture.Manifest("other", "other_tool"));
        Assert.False(File.Exists(await fixture.KeepAsync(other)));
    }

    [Fact]
    public async Task A_file_of_another_user_is_not_used()
    {
        Assert.SkipUnless(
            !OperatingSystem.IsWindows() && FileStatus.CurrentUser == 0,
            "Only root can give a file away."
        );
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        await ChownAsync(file, "12345");
        fixture.AssertReadAnew(Text);
        await ChownAsync(file, "0");
        Assert.NotNull(fixture.Find(Text));
        await ChownAsync(fixture.Folder, "12345");
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task A_link_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsUnix);
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        var elsewhere = fixture.PathOf("elsewhere");
        File.Move(file, elsewhere);
        File.CreateSymbolicLink(file, elsewhere);
        fixture.AssertReadAnew(Text);
        File.Delete(file);
        File.Move(elsewhere, file);
        Assert.NotNull(fixture.Find(Text));

        Directory.Move(fixture.Folder, elsewhere);
        Directory.CreateSymbolicLink(fixture.Folder, elsewhere);
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task A_file_with_a_second_name_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsUnix);
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        await RunAsync("ln", file, fixture.PathOf("second"));
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task A_pipe_or_folder_in_the_place_of_a_file_is_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsUnix);
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        File.Delete(file);
        await RunAsync("mkfifo", "-m", "600", file);
        fixture.AssertReadAnew(Text);
        File.Delete(file);
        Directory.CreateDirectory(file);
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_only_costs_time()
    {
        using var fixture = new CompiledFixture();
        Directory.CreateDirectory(Path.GetDirectoryName(fixture.CacheFolder)!);
        await File.WriteAllTextAsync(fixture.CacheFolder, "not a folder", TestContext.Current.CancellationToken);
        Assert.False(File.Exists(await fixture.KeepAsync(Text)));
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task What_is_deleted_is_made_again()
    {
        using var fixture = new CompiledFixture();
        await fixture.KeepAsync(Text);
        Directory.Delete(fixture.CacheFolder, recursive: true);
        fixture.AssertReadAnew(Text);
        await fixture.KeepAsync(Text);
        Assert.NotNull(fixture.Find(Text));
    }

    [Fact]
    public async Task What_no_one_used_for_a_month_is_removed_when_something_is_kept()
    {
        using var fixture = new CompiledFixture();
        var unused = await fixture.KeepAsync(Text);
        var other = Utf8(RegistryFixture.Manifest("other", "other_tool"));
        var used = await fixture.KeepAsync(other);
        File.SetLastWriteTimeUtc(unused, DateTime.UtcNow.AddDays(-31));
        File.SetLastWriteTimeUtc(used, DateTime.UtcNow.AddDays(-31));
        Assert.NotNull(fixture.Find(other));
        await fixture.KeepAsync(Utf8(RegistryFixture.Manifest("new", "new_tool")));
        Assert.False(File.Exists(unused));
        Assert.True(File.Exists(used));
    }

    // Only this user's own programs can write such a file. What may go where is nevertheless looked up in what the user
    // approved.
    [Fact]
    public async Task Another_server_written_into_a_file_gets_no_credential()
    {
        await using var elsewhere = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        await using var bench = CallBench.Start();
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__VALUE", "s3cret");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", $"{bench.Upstream.Url}");
        using var fixture = new CompiledFixture();
        var text = Utf8(Manifest(bench.Upstream.Url));
        var file = await fixture.KeepAsync(text);
        bench.Connector = fixture.Find(text)!.Manifest!;
        Assert.Equal(["s3cret"], (await bench.SendAsync(bench.Connector.Tools[0])).Header("X-Key"));

        var key = KeyOf(text);
        var other = ManifestReader.Read(Utf8(Manifest(elsewhere.Url)), "x.yaml");
        await File.WriteAllBytesAsync(
            file,
            CompiledFile.Write(key, new FlatSection(CompiledSection.Manifest, ManifestSection.Write(other))),
            TestContext.Current.CancellationToken
        );
        bench.Connector = fixture.Find(text)!.Manifest!;
        Assert.Equal(elsewhere.Url.ToString(), bench.Connector.BaseUrl);
        Assert.Contains(
            "not approved",
            CallBench.AllText(await bench.CallAsync(bench.Connector.Tools[0])),
            StringComparison.Ordinal
        );
        Assert.Empty(elsewhere.Requests);
    }

    private static string Manifest(Uri url) =>
        $$"""
            connector:
              manifest_version: 2
              name: api
              version: 1.0.0
              base_url: {{url}}
              security_schemes:
                s: { type: api_key, location: header, key_name: X-Key }
              security: [ { s: [] } ]
              tools:
              - { name: x, endpoint: GET /x, arguments: {}, input_schema: { type: object } }
            """;

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static Task ChownAsync(string path, string owner) => RunAsync("chown", "-h", owner, path);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var output = await ProcessRunner.RunAsync(program, arguments);
        Assert.True(output.ExitCode == 0, output.ToString());
    }
}
