using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The bundle of this platform, installed as a desktop client does it: without .NET, from its manifest.</summary>
public sealed class BundleTests : IDisposable
{
    private readonly EmptyPlace _place = new(sdk: false);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task It_is_unpacked_and_started_by_its_manifest_where_there_is_no_NET()
    {
        await using var shop = PetShopServer.Start();
        var bundle = Unpack();
        await ImportAsync(bundle, shop);

        var call = await CallAsync(bundle, []);

        Assert.Equal(ReleaseOutput.Version, call.Server?.Version);
        Assert.Contains("add_pet", call.Tools);
        Assert.Equal("Rex", call.Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Single(shop.Calls);
    }

    [Fact]
    public async Task What_the_user_enters_is_what_is_served()
    {
        await using var shop = PetShopServer.Start();
        var bundle = Unpack();
        await ImportAsync(bundle, shop);

        var readOnly = await CallAsync(bundle, new() { ["read_only"] = "true" });
        Assert.DoesNotContain("add_pet", readOnly.Tools);

        var search = await CallAsync(bundle, new() { ["expose"] = "search" });
        Assert.Contains("search_tools", search.Tools);
        Assert.DoesNotContain("add_pet", search.Tools);
    }

    [Fact]
    public void Manifests_fit_their_schema_and_name_what_is_there()
    {
        foreach (var file in ReleaseOutput.Find("bundle", "mcp-runtime-VERSION-*.mcpb"))
        {
            using var zip = ZipFile.OpenRead(file);
            using var text = zip.GetEntry("manifest.json")!.Open();
            var manifest = JsonElement.Parse(new StreamReader(text).ReadToEnd());

            SchemaFile.Fits("manifest.schema.json", manifest);
            Assert.Equal(ReleaseOutput.Version, manifest.GetProperty("version").GetString());
            var names = zip.Entries.Select(entry => entry.FullName).ToHashSet();
            Assert.Contains(manifest.GetProperty("icon").GetString()!, names);
            Assert.Contains(manifest.GetProperty("server").GetProperty("entry_point").GetString()!, names);
            Assert.Contains("LICENSE", names);
            var platform = Assert.Single(
                manifest.GetProperty("compatibility").GetProperty("platforms").EnumerateArray()
            );
            var system = Path.GetFileName(file).Split('-')[^2];
            Assert.Equal(
                system switch
                {
                    "win" => "win32",
                    "osx" => "darwin",
                    _ => "linux",
                },
                platform.GetString()
            );
        }
    }

    [Fact]
    public void The_icon_is_a_PNG_of_512_by_512()
    {
        using var zip = ZipFile.OpenRead(File());
        using var icon = new BinaryReader(zip.GetEntry("icon.png")!.Open());
        var head = icon.ReadBytes(24);

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], head[..4]);
        Assert.Equal(512, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)));
        Assert.Equal(512, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)));
    }

    [Fact]
    public async Task The_validator_of_the_format_accepts_the_manifest()
    {
        var validator = NodePackage.PathOf("@anthropic-ai", "mcpb", "dist", "cli", "cli.js");
        Unpack();

        var output = await ProcessRunner.RunAsync(
            NodePackage.Node,
            [validator, "validate", _place.PathOf("bundle", "manifest.json")],
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.True(output.ExitCode == 0, output.ToString());
    }

    private static string File() =>
        ReleaseOutput.PathOf($"bundle/mcp-runtime-VERSION-{RuntimeInformation.RuntimeIdentifier}.mcpb");

    private Bundle Unpack() => Bundle.Unpack(File(), _place.PathOf("bundle"));

    private Task<string> ImportAsync(Bundle bundle, PetShopServer shop) =>
        _place.OutputAsync(
            bundle.Start(Entered([])).Command,
            "import",
            shop.DocumentUrl,
            "--name",
            "shop",
            "--allow-private",
            "--connectors",
            _place.PathOf("connectors")
        );

    private Task<McpCall> CallAsync(Bundle bundle, Dictionary<string, string> entered)
    {
        var (command, arguments, variables) = bundle.Start(Entered(entered));
        foreach (var (name, value) in variables)
            _place.Set(name, value);
        return McpCall.SendAsync(_place, command, arguments, "list_pets", new Dictionary<string, object?>());
    }

    private Dictionary<string, string> Entered(Dictionary<string, string> entered) =>
        new(entered) { ["connectors"] = _place.PathOf("connectors") };
}
