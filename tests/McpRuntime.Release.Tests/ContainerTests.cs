using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>
/// The images: what a container of them would be, and that what they start runs here. No container engine is needed, and
/// the base image is a stand-in in a rehearsal; on the real one, the release workflow starts them.
/// </summary>
public partial class ContainerTests
{
    private const string User = "1654";

    [Fact]
    public void No_image_runs_as_root_and_nothing_in_it_belongs_to_another_user()
    {
        ForEach(image =>
        {
            Assert.Equal(User, image.Settings.GetProperty("User").GetString());
            Assert.All(image.Entries, entry => Assert.Equal(User, $"{entry.Uid}"));
            Assert.All(image.Entries, entry => Assert.True(entry.Mode.HasFlag(UnixFileMode.UserRead), entry.Name));
            // Others and the group cannot change it.
            const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
            Assert.All(image.Entries, entry => Assert.True((entry.Mode & Others) == 0, entry.Name));
        });
    }

    [Fact]
    public void An_image_starts_its_program_and_shows_the_port_that_it_listens_on()
    {
        ForEach(image =>
        {
            var isGateway = IsGateway(image);
            var program = Assert.Single(image.Texts("Entrypoint"));

            Assert.Equal(isGateway ? "/app/mcp-runtime-http" : "/app/mcp-runtime", program);
            Assert.Equal(isGateway ? [] : ["serve"], image.Texts("Cmd"));
            Assert.Equal(isGateway ? ["8000/tcp"] : [], image.Names("ExposedPorts"));
            var file = image.Entries.Single(entry => $"/{entry.Name}" == program);
            Assert.True(file.Mode.HasFlag(UnixFileMode.UserExecute));
        });
    }

    [Fact]
    public void Variables_of_an_image_are_settings_and_its_data_folder_is_in_it()
    {
        var known = Setting()
            .Matches(File.ReadAllText(RepositoryRoot.PathOf(".env.example")))
            .Select(match => match.Value)
            .ToHashSet();
        ForEach(image =>
        {
            var named = image.Variables.Keys.Where(name => name.StartsWith("MCP_", StringComparison.Ordinal));
            Assert.All(named, name => Assert.Contains(name, known));
            // A volume that is mounted over it gets its owner; elsewhere root would own it.
            var data = image.Entries.Single(entry => $"/{entry.Name}" == image.Variables["MCP_RUNTIME_DATA_DIR"]);
            Assert.Equal(TarEntryType.Directory, data.EntryType);
            Assert.StartsWith(image.Variables["MCP_RUNTIME_DATA_DIR"], image.Variables["MCP_RUNTIME_CACHE_DIR"]);
        });
    }

    [Fact]
    public void Labels_of_an_image_tell_what_it_is_and_who_publishes_it()
    {
        var publisher = XElement.Load(RepositoryRoot.PathOf("eng", "Publisher.props")).Element("PropertyGroup")!;
        string Published(string name) => publisher.Element($"Publisher{name}")!.Value;
        ForEach(image =>
        {
            string Label(string name) => image.Settings.GetProperty("Labels").GetProperty(name).GetString()!;
            var name = IsGateway(image) ? "mcp-runtime-http" : "mcp-runtime";

            Assert.Contains($"{name}:{ReleaseOutput.Version}", image.Tags);
            Assert.Equal(name, Label("org.opencontainers.image.title"));
            Assert.Equal(ReleaseOutput.Version, Label("org.opencontainers.image.version"));
            Assert.Equal(Published("Repository"), Label("org.opencontainers.image.source"));
            Assert.Equal(Published("Site"), Label("org.opencontainers.image.url"));
            Assert.Equal("MIT", Label("org.opencontainers.image.licenses"));
            Assert.Matches("^[0-9a-f]{40}$", Label("org.opencontainers.image.revision"));
            Assert.Contains("OpenAPI", Label("org.opencontainers.image.description"), StringComparison.Ordinal);
            if (!IsGateway(image))
                Assert.Equal(Published("RegistryName"), Label("io.modelcontextprotocol.server.name"));
        });
    }

    [Fact]
    public void An_image_has_the_program_on_its_base_and_nothing_else()
    {
        foreach (var path in ReleaseOutput.Find("containers", "*.tar"))
        {
            using var image = new ContainerArchive(path);
            var description = image.Description;

            Assert.Equal(
                path.Contains("arm64", StringComparison.Ordinal) ? "arm64" : "amd64",
                description.GetProperty("architecture").GetString()
            );
            Assert.Equal("linux", description.GetProperty("os").GetString());
            // The base's layers and ours, whole.
            Assert.True(image.LayerPaths.Count >= 2);
            Assert.Equal(
                description.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(id => id.GetString()),
                image.LayerDigests()
            );
            var files = image.Entries.Where(entry => entry.EntryType != TarEntryType.Directory).ToList();
            Assert.All(files, file =>
                Assert.Matches(@"^app/[\w.-]+(\.dll|\.so|\.pdb|\.json|http|runtime)$", file.Name)
            );
            Assert.All(files, file => Assert.DoesNotContain("test", file.Name, StringComparison.OrdinalIgnoreCase));
            // Without .NET, which the base has.
            Assert.DoesNotContain(files, file => file.Name.Contains("System.Private", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_the_gateway_s_image_starts_runs_and_says_that_it_is_healthy()
    {
        using var place = new EmptyPlace();
        using var image = OpenForThisMachine("mcp-runtime-http");
        var program = Install(image, place);
        place.Set("MCP_RUNTIME_HOST", "127.0.0.1");
        place.Set("MCP_RUNTIME_PORT", $"{FreePort.Take()}");

        using var gateway = place.Start(program);
        // Nobody reads on; it must not wait for that.
        gateway.OutputDataReceived += (_, _) => { };
        gateway.ErrorDataReceived += (_, _) => { };
        gateway.BeginOutputReadLine();
        gateway.BeginErrorReadLine();
        using var guard = new CancellationTokenSource(ProcessRunner.HangGuard);
        try
        {
            var health = await place.RunAsync(program, "health");
            while (health.ExitCode != 0)
            {
                Assert.False(gateway.HasExited || guard.IsCancellationRequested, health.ToString());
                health = await place.RunAsync(program, "health");
            }
            Assert.True(File.Exists(place.PathOf("app", "data", "gateway", "admin-token")));
        }
        finally
        {
            gateway.Kill(entireProcessTree: true);
            await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var stopped = await place.RunAsync(program, "health");
        Assert.Equal(1, stopped.ExitCode);
    }

    [Fact]
    public async Task What_the_console_s_image_starts_answers_a_client()
    {
        await using var shop = PetShopServer.Start();
        using var place = new EmptyPlace();
        using var image = OpenForThisMachine("mcp-runtime");
        var program = Install(image, place);
        await place.OutputAsync(program, "import", shop.DocumentUrl, "--name", "shop", "--allow-private");

        var call = await McpCall.SendAsync(
            place,
            program,
            image.Texts("Cmd"),
            "list_pets",
            new Dictionary<string, object?>()
        );

        Assert.Contains("Rex", call.Answer, StringComparison.Ordinal);
    }

    private static bool IsGateway(ContainerArchive image) =>
        image.Tags.Any(tag => tag.StartsWith("mcp-runtime-http:", StringComparison.Ordinal));

    private static void ForEach(Action<ContainerArchive> check)
    {
        foreach (var path in ReleaseOutput.Find("containers", "*.tar"))
        {
            using var image = new ContainerArchive(path);
            check(image);
        }
    }

    private static ContainerArchive OpenForThisMachine(string name)
    {
        var rid = RuntimeInformation.RuntimeIdentifier;
        Assert.SkipUnless(rid is "linux-x64" or "linux-arm64", $"Images are for Linux; this is {rid}.");
        return new ContainerArchive(ReleaseOutput.PathOf($"containers/{name}-VERSION-{rid}.tar"));
    }

    // Puts the image's files into a place, whose folder stands for the container's root, and sets its variables. Returns
    // the program that a container would start.
    private static string Install(ContainerArchive image, EmptyPlace place)
    {
        image.ExtractTo(place.Path);
        foreach (var (name, value) in image.Variables)
        {
            if (name is not ("PATH" or "APP_UID"))
                place.Set(name, value.StartsWith('/') ? place.Path + value : value);
        }
        return place.Path + image.Texts("Entrypoint")[0];
    }

    [GeneratedRegex("MCP_RUNTIME_[A-Z_]+[A-Z]")]
    private static partial Regex Setting();
}
