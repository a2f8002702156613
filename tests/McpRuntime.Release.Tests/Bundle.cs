using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpRuntime.Release.Tests;

/// <summary>
/// A bundle that a desktop client unpacked, and how it starts what is in it (MCPB's MANIFEST.md, "MCP Configuration").
/// </summary>
internal sealed partial class Bundle
{
    private readonly string _folder;
    private readonly JsonElement _config;

    private Bundle(string folder, JsonElement manifest)
    {
        _folder = folder;
        Manifest = manifest;
        _config = manifest.GetProperty("server").GetProperty("mcp_config");
    }

    public JsonElement Manifest { get; }

    private static string Platform =>
        OperatingSystem.IsWindows() ? "win32"
        : OperatingSystem.IsMacOS() ? "darwin"
        : "linux";

    /// <summary>Unpacks it with the rights that the zip has for Unix.</summary>
    public static Bundle Unpack(string file, string folder)
    {
        using var zip = ZipFile.OpenRead(file);
        foreach (var entry in zip.Entries)
        {
            var path = Path.Combine(folder, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, (UnixFileMode)((entry.ExternalAttributes >> 16) & 0x1FF));
        }
        return new Bundle(folder, JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json"))));
    }

    /// <summary>The program, its arguments and its variables, with what the user entered in the client's form.</summary>
    public (string Command, string[] Arguments, Dictionary<string, string> Variables) Start(
        IReadOnlyDictionary<string, string> entered
    )
    {
        var values = new Dictionary<string, string> { ["__dirname"] = _folder };
        foreach (var field in Manifest.GetProperty("user_config").EnumerateObject())
        {
            if (entered.TryGetValue(field.Name, out var value))
                values[$"user_config.{field.Name}"] = value;
            else if (field.Value.TryGetProperty("default", out var usual))
                values[$"user_config.{field.Name}"] = usual.ToString().ToLowerInvariant();
        }
        return (
            Expand(Setting("command").GetString()!),
            [.. Setting("args").EnumerateArray().Select(argument => Expand(argument.GetString()!))],
            Setting("env")
                .EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => Expand(entry.Value.GetString()!))
        );

        string Expand(string text) => Reference().Replace(text, match => values[match.Groups[1].Value]);
    }

    private JsonElement Setting(string name) =>
        _config.TryGetProperty("platform_overrides", out var platforms)
        && platforms.TryGetProperty(Platform, out var own)
        && own.TryGetProperty(name, out var setting)
            ? setting
            : _config.GetProperty(name);

    [GeneratedRegex(@"\$\{([^}]+)\}")]
    private static partial Regex Reference();
}
