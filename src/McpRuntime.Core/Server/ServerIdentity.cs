using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>Who answers: the product's name and version.</summary>
public static class ServerIdentity
{
    public const string Name = "mcp-runtime";

    public const string Title = "McpRuntime";

    /// <summary>The version of this assembly, <c>major.minor.patch</c>.</summary>
    public static string Version { get; } = typeof(ServerIdentity).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The Implementation object as JSON.</summary>
    internal static byte[] Info { get; } =
        Encoding.UTF8.GetBytes(
            $$"""{"name":"{{Name}}","title":"{{Title}}","version":"{{JsonEncodedText.Encode(Version).Value}}"}"""
        );

    /// <summary>
    /// <c>"_meta":{"io.modelcontextprotocol/serverInfo":{…}}</c>, which results carry since 2026-07-28.
    /// </summary>
    internal static byte[] MetaMember { get; } =
    [
        .. Encoding.UTF8.GetBytes(
            $$"""
            "_meta":{"{{MetaKeys.ServerInfo}}":
            """
        ),
        .. Info,
        (byte)'}',
    ];

    internal static Implementation ToImplementation() =>
        new()
        {
            Name = Name,
            Title = Title,
            Version = Version,
        };
}
