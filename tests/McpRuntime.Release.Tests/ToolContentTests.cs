using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>What the packages of the .NET tools hold, and what they say about themselves.</summary>
public class ToolContentTests
{
    private const string Console = "McpRuntime";
    private const string Gateway = "McpRuntime.Http";

    private static readonly string Platform = RuntimeInformation.RuntimeIdentifier;

    // Names of the publisher's values in eng/Publisher.props.
    private static string Publisher(string name) =>
        XElement.Load(RepositoryRoot.PathOf("eng", "Publisher.props")).Descendants($"Publisher{name}").Single().Value;

    [Fact]
    public void The_folder_holds_a_pointer_a_portable_package_and_one_of_this_platform_for_each_tool()
    {
        var names = ReleaseOutput.Find("nuget", "*").Select(Path.GetFileName);

        foreach (var tool in new[] { Console, Gateway })
        foreach (var infix in new[] { "", ".any", $".{Platform}" })
            Assert.Contains($"{tool}{infix}.{ReleaseOutput.Version}.nupkg", names);
    }

    [Fact]
    public void Every_package_is_of_this_version_and_a_tool_so_that_the_module_of_the_same_name_is_not_among_them()
    {
        foreach (var path in ReleaseOutput.Find("nuget", "*"))
        {
            using var package = new ToolPackage(path);
            var isPointer = package["id"] is Console or Gateway;

            Assert.EndsWith($".{ReleaseOutput.Version}.nupkg", package.Name, StringComparison.Ordinal);
            Assert.Equal(ReleaseOutput.Version, package["version"]);
            Assert.Contains(isPointer ? "DotnetTool" : "DotnetToolRidPackage", package.Types);
        }
    }

    [Fact]
    public void The_module_of_the_same_name_has_a_folder_without_tools()
    {
        foreach (var path in ReleaseOutput.Find("gallery", "*.nupkg"))
        {
            using var package = new ToolPackage(path);

            Assert.Empty(package.Types);
        }
    }

    [Fact]
    public void The_console_is_an_MCP_server_and_the_gateway_is_not()
    {
        using var console = Open(Console);
        using var gateway = Open(Gateway);

        Assert.Equal(["DotnetTool", "McpServer"], console.Types);
        Assert.Equal(["DotnetTool"], gateway.Types);
    }

    [Theory]
    [InlineData(Console, "")]
    [InlineData(Console, ".any")]
    [InlineData(Gateway, "")]
    [InlineData(Gateway, ".any")]
    public void A_package_says_what_its_page_shows(string tool, string infix)
    {
        using var package = Open(tool + infix);

        Assert.Equal("MIT", package["license"]);
        Assert.Equal(Publisher("Site"), package["projectUrl"]);
        Assert.StartsWith(Publisher("Repository"), package["releaseNotes"], StringComparison.Ordinal);
        Assert.Contains("openapi", package["tags"]!.Split(' '));
        Assert.InRange(package["description"]!.Length, 40, 300);
        var repository = package.Metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal(Publisher("Repository"), (string?)repository.Attribute("url"));
        Assert.Matches("^[0-9a-f]{40}$", (string?)repository.Attribute("commit"));
        Assert.Contains("icon.png", package.Files);
        Assert.DoesNotContain("{{", package.Text("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_names_the_entry_of_the_registry_where_nobody_sees_it()
    {
        using var package = Open(Console);

        Assert.Contains(
            $"<!-- mcp-name: {Publisher("RegistryName")} -->",
            package.Text("README.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_server_json_starts_this_package_of_this_version()
    {
        using var package = Open(Console);
        var server = JsonElement.Parse(package.Text(".mcp/server.json"));
        SchemaFile.Fits("server.schema.json", server);
        var started = server.GetProperty("packages").EnumerateArray().Single();

        Assert.Equal(Publisher("RegistryName"), server.GetProperty("name").GetString());
        Assert.Equal(ReleaseOutput.Version, server.GetProperty("version").GetString());
        Assert.Equal(ReleaseOutput.Version, started.GetProperty("version").GetString());
        Assert.Equal(package["id"], started.GetProperty("identifier").GetString());
        Assert.Equal("nuget", started.GetProperty("registryType").GetString());
        Assert.Equal("stdio", started.GetProperty("transport").GetProperty("type").GetString());
        Assert.Equal("serve", started.GetProperty("packageArguments")[0].GetProperty("value").GetString());
    }

    [Fact]
    public void There_are_no_files_that_a_user_does_not_need()
    {
        string[] about = [".mcp/server.json", "README.md", "icon.png"];
        string[] ends = [".dll", ".so", ".dylib", ".a", ".deps.json", ".runtimeconfig.json", "DotnetToolSettings.xml"];
        // They make a stack trace in a report tell the line.
        string[] own = ["McpRuntime.Core.pdb", "mcp-runtime.pdb", "mcp-runtime-http.pdb"];
        foreach (var path in ReleaseOutput.Find("nuget", "*"))
        {
            using var package = new ToolPackage(path);

            var foreign = package
                .Files.Except(about)
                .Where(file =>
                    !ends.Any(end => file.EndsWith(end, StringComparison.Ordinal))
                    && !own.Contains(Path.GetFileName(file))
                );
            Assert.True(!foreign.Any(), $"{package.Name}: {string.Join(", ", foreign)}");
        }
    }

    [Theory]
    [InlineData(Console, "mcp-runtime.dll")]
    [InlineData(Gateway, "mcp-runtime-http.dll")]
    public void Only_the_package_of_a_platform_is_compiled_ahead_of_time(string tool, string program)
    {
        using var compiled = Open($"{tool}.{Platform}");
        using var portable = Open($"{tool}.any");

        foreach (var assembly in new[] { program, "McpRuntime.Core.dll", "ModelContextProtocol.Core.dll" })
        {
            Assert.True(compiled.IsReadyToRun($"tools/net10.0/{Platform}/{assembly}"), assembly);
            Assert.False(portable.IsReadyToRun($"tools/net10.0/any/{assembly}"), assembly);
        }
    }

    // The same sources make the same files on every machine, and no user reads of the folders of another.
    [Fact]
    public void Own_assemblies_do_not_name_folders_of_the_machine_that_made_them()
    {
        using var package = Open($"{Gateway}.{Platform}");

        foreach (var assembly in new[] { "mcp-runtime-http.dll", "McpRuntime.Core.dll" })
        {
            var text = Encoding.Latin1.GetString(package.Bytes($"tools/net10.0/{Platform}/{assembly}"));
            Assert.Contains("/_/src/", text, StringComparison.Ordinal);
            Assert.DoesNotContain(RepositoryRoot.Path, text, StringComparison.Ordinal);
        }
    }

    private static ToolPackage Open(string id) => new(ReleaseOutput.PathOf($"nuget/{id}.VERSION.nupkg"));
}
