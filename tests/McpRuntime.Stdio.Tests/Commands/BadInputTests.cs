using System.IO.Compression;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>Whatever a user gives, it ends in one clear message, exit code 1 and no half-written file.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_truncated_json_file()
    {
        var file = _folder.Write("cut.json", """{"openapi": "3.1.0", "info": {"title": "A"}, "paths": {"/a": {""");
        await RefusedAsync(file, $"{file}:1:");
    }

    [Fact]
    public async Task A_yaml_file_that_multiplies_itself()
    {
        var lines = Enumerable
            .Range(1, 12)
            .Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        var file = _folder.Write("bomb.yaml", "a0: &a0 [lol]\n" + string.Join('\n', lines) + "\n");
        await RefusedAsync(file, "alias");
    }

    [Fact]
    public async Task A_file_of_200_megabytes()
    {
        var file = _folder.PathOf("large.json");
        await using (var stream = File.Create(file))
            stream.SetLength(200L * 1024 * 1024);
        await RefusedAsync(file, "MCP_RUNTIME_MAX_DOCUMENT_BYTES");
    }

    [Fact]
    public async Task A_folder() => await RefusedAsync(_folder.Path, "folder");

    [Fact]
    public async Task A_missing_file() => await RefusedAsync(_folder.PathOf("nothing.json"), "nothing.json");

    [Fact]
    public async Task A_binary_file()
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write("openapi: 3.1.0"u8);
        await RefusedAsync(_folder.Write("openapi.yaml.gz", bytes.ToArray()), "openapi.yaml.gz");
    }

    [Fact]
    public async Task Text_that_is_not_an_api_description() =>
        await RefusedAsync(_folder.Write("package.json", """{"name": "left-pad", "version": "1.0.0"}"""), "openapi");

    [Fact]
    public async Task An_unreachable_url()
    {
        Uri url;
        await using (var upstream = RecordingUpstream.Start(UpstreamAnswer.Empty()))
            url = new Uri(upstream.Url, "openapi.json");
        await RefusedAsync(url.ToString(), url.ToString());
    }

    [Fact]
    public async Task A_url_that_redirects_in_a_circle()
    {
        await using var upstream = RecordingUpstream.Start(request =>
            UpstreamAnswer.Redirect(request.Target == "/a" ? "/b" : "/a")
        );
        await RefusedAsync($"{upstream.Url}a", "redirects in a loop");
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_to_a_metadata_service()
    {
        await using var upstream = RecordingUpstream.Start(
            UpstreamAnswer.Redirect("http://169.254.169.254/latest/meta-data/")
        );
        await RefusedAsync($"{upstream.Url}openapi.json", "metadata");
    }

    [Fact]
    public async Task An_output_path_below_a_file()
    {
        var document = _folder.Write("library.yaml", Documents.Library);
        var file = _folder.Write("file", "kept");
        await RefusedAsync(document, file, "-o", Path.Combine(file, "new.yaml"));
        Assert.Equal("kept", await File.ReadAllTextAsync(file, Token));
    }

    [Fact]
    public async Task An_output_path_that_is_a_folder()
    {
        var document = _folder.Write("library.yaml", Documents.Library);
        Directory.CreateDirectory(_folder.PathOf("target"));
        await RefusedAsync(document, _folder.PathOf("target"), "-o", _folder.PathOf("target"), "--force");
    }

    [Fact]
    public async Task A_read_only_output_folder()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Folder permissions do not bind this user.");
            return;
        }
        var document = _folder.Write("library.yaml", Documents.Library);
        var target = Directory.CreateDirectory(
            _folder.PathOf("closed"),
            UnixFileMode.UserRead | UnixFileMode.UserExecute
        );
        await RefusedAsync(document, target.FullName, "-o", Path.Combine(target.FullName, "new.yaml"));
    }

    private async Task RefusedAsync(string source, string named, params string[] options)
    {
        var before = _folder.Files();

        var output = await _runtime.RunAsync(["import", source, "--name", "library", .. options], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Empty(output.Out);
        var error = Assert.Single(output.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files());
        var connectors = new DirectoryInfo(_runtime.ConnectorsFolder);
        Assert.Empty(connectors.Exists ? connectors.GetFileSystemInfos() : []);
    }
}
