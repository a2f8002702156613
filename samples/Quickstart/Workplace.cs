using System.Security.Cryptography;

namespace Quickstart;

/// <summary>Temporary folders, the shop's key and the executables; the folders are gone when it is disposed.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mcp-runtime-quickstart-");

    /// <summary>The key that the shop asks for; made up for this run.</summary>
    public string ApiKey { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public string McpRuntime { get; } = Executable("mcp-runtime");

    public string PetShop { get; } = Executable("PetShop");

    public string ConnectorsFolder => Path.Combine(_root.FullName, "connectors");

    /// <summary>Settings of <c>mcp-runtime</c>: nothing of the user's own is read or written.</summary>
    public Dictionary<string, string?> Settings =>
        new()
        {
            ["MCP_RUNTIME_CONNECTORS_DIR"] = ConnectorsFolder,
            ["MCP_RUNTIME_DATA_DIR"] = Path.Combine(_root.FullName, "data"),
            ["MCP_RUNTIME_CACHE_DIR"] = Path.Combine(_root.FullName, "cache"),
        };

    public void Dispose() => _root.Delete(recursive: true);

    private static string Executable(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is not there; build the solution first.");
    }
}
