using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Examples;

/// <summary>
/// What the examples find on a user's machine: a home with connectors, a folder with the files that they name, and on
/// the PATH <c>mcp-runtime</c>, <c>mcp-runtime-http</c> and <c>npx</c>. Public hosts are <see cref="ExampleWeb"/>.
/// </summary>
internal sealed class ExampleWorld : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly FakeWeb _web;

    private ExampleWorld() => _web = new FakeWeb(_certificates, ExampleWeb.Answer);

    /// <summary>The current directory of the examples.</summary>
    public string Work => _folder.PathOf("work");

    /// <summary>Variables of the environment.</summary>
    public Dictionary<string, string?> Environment { get; private set; } = [];

    private static string Sources => RepositoryRoot.PathOf("tests", "examples");

    public static async Task<ExampleWorld> CreateAsync(CancellationToken cancellationToken)
    {
        var world = new ExampleWorld();
        var environment = world.Environment = await Pwsh.EnvironmentAsync(world._folder.PathOf("home"));
        world.WriteFiles();
        world.WritePrograms();
        var version = Regex
            .Match(File.ReadAllText(Pwsh.StagedModule), @"(?m)^\s*ModuleVersion\s*=\s*'([0-9.]+)'")
            .Groups[1]
            .Value;
        foreach (var modules in (string[])["modules", "work/out"])
            world.Link($"{modules}/McpRuntime/{version}", Path.GetDirectoryName(Pwsh.StagedModule)!);
        environment["PSModulePath"] =
            $"{world._folder.PathOf("modules")}{Path.PathSeparator}{environment["PSModulePath"]}";
        environment["PATH"] = $"{world._folder.PathOf("bin")}{Path.PathSeparator}{environment["PATH"]}";
        environment["HTTPS_PROXY"] = environment["https_proxy"] = world._web.Proxy.AbsoluteUri;
        environment["MCP_RUNTIME_CA_BUNDLE"] = world._folder.Write("ca.pem", world._certificates.RootPem);
        environment["MCP_RUNTIME_PORT"] = "0";
        environment["EXAMPLES"] = Sources;
        environment["EXAMPLES_FOLDER"] = world._folder.Path;
        environment["EXAMPLES_RUNTIME"] = McpRuntimeProcess.Executable;
        environment["EXAMPLES_GATEWAY"] = Path.Combine(
            Path.GetDirectoryName(Pwsh.StagedModule)!,
            "gateway",
            "mcp-runtime-http.dll"
        );
        // What the examples start from; each run copies it.
        var prepared = await world.RunAsync("bash", [Path.Combine(Sources, "prepare.sh")], cancellationToken);
        Assert.True(prepared.ExitCode == 0, prepared.ToString());
        return world;
    }

    public Task<ProcessOutput> RunAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    ) =>
        ProcessRunner.RunAsync(
            program,
            arguments,
            Environment,
            workingDirectory: _folder.Path,
            limit: TimeSpan.FromMinutes(10),
            cancellationToken: cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        await RunAsync("bash", ["-c", "[ ! -f gateway.pid ] || kill \"$(cat gateway.pid)\""], CancellationToken.None);
        await _web.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    private void WriteFiles()
    {
        var document = File.ReadAllText(Path.Combine(Sources, "openapi.json"))
            .Replace("\"/api/v3\"", "\"https://api.example.com/v1\"", StringComparison.Ordinal);
        foreach (var name in (string[])["openapi.json", "openapi.yaml"])
            _folder.Write($"work/{name}", document);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Sources, "work")))
            _folder.Write($"work/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.PathOf("samples", "automation"), "*.ps1"))
            _folder.Write($"work/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        Link("work/samples", RepositoryRoot.PathOf("samples"));
    }

    private void WritePrograms()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Sources, "programs")))
        {
            var program = _folder.Write($"bin/{Path.GetFileName(file)}", File.ReadAllBytes(file));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(
                    program,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
        }
    }

    private void Link(string name, string target)
    {
        var path = _folder.PathOf(name.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateSymbolicLink(path, target);
    }
}
