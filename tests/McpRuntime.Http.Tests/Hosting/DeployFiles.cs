using System.Xml.Linq;
using McpRuntime.Testing;
using YamlDotNet.Serialization;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>What <c>deploy/</c> and the image say.</summary>
internal static class DeployFiles
{
    public static string Folder { get; } = RepositoryRoot.PathOf("deploy");

    /// <summary>Where the variables of the gateway's image are.</summary>
    public static string[] ImageFiles { get; } =
    [
        RepositoryRoot.PathOf("eng", "Container.props"),
        RepositoryRoot.PathOf("src", "McpRuntime.Http", "McpRuntime.Http.csproj"),
    ];

    /// <summary>Variables that the gateway's image sets, without <c>MCP_RUNTIME_</c>.</summary>
    public static Dictionary<string, string> ImageSettings() =>
        ImageFiles
            .SelectMany(file => XElement.Load(file).Descendants("ContainerEnvironmentVariable"))
            .Select(variable => (Name: variable.Attribute("Include")!.Value, variable.Attribute("Value")!.Value))
            .Where(variable => variable.Name.StartsWith("MCP_RUNTIME_", StringComparison.Ordinal))
            .ToDictionary(variable => variable.Name["MCP_RUNTIME_".Length..], variable => variable.Value);

    /// <summary>A value of <c>eng/Publisher.props</c>.</summary>
    public static string Publisher(string name) =>
        XElement.Load(RepositoryRoot.PathOf("eng", "Publisher.props")).Descendants(name).Single().Value;

    /// <summary>A service of the Compose file.</summary>
    public static Dictionary<object, object> Compose(string service) =>
        (Dictionary<object, object>)
            new DeserializerBuilder()
                .Build()
                .Deserialize<Dictionary<object, object>>(
                    File.ReadAllText(Path.Combine(Folder, "docker", "compose.yaml"))
                )
                .As("services", service);

    /// <summary>Variables that the pod sets, without <c>MCP_RUNTIME_</c>.</summary>
    public static IEnumerable<(string Name, string Value)> PodSettings() =>
        ((List<object>)Container()["env"])
            .Cast<Dictionary<object, object>>()
            .Where(entry => entry.ContainsKey("value"))
            .Select(entry => (((string)entry["name"])["MCP_RUNTIME_".Length..], (string)entry["value"]));

    public static Dictionary<object, object> Container() =>
        (Dictionary<object, object>)((List<object>)Pod()["containers"]).Single();

    public static Dictionary<object, object> Pod()
    {
        var parser = new YamlDotNet.Core.Parser(
            new StringReader(File.ReadAllText(Path.Combine(Folder, "kubernetes", "gateway.yaml")))
        );
        YamlDotNet.Core.ParserExtensions.Consume<YamlDotNet.Core.Events.StreamStart>(parser);
        var deployment = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser);
        return (Dictionary<object, object>)
            ((Dictionary<object, object>)((Dictionary<object, object>)deployment["spec"])["template"])["spec"];
    }

    /// <summary>The value at a path of keys.</summary>
    public static object As(this object map, params string[] path) =>
        path.Aggregate(map, (value, key) => ((Dictionary<object, object>)value)[key]);
}
