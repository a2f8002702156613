using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>
/// A package repository on a loopback port that speaks NuGet's protocol, version 3, as far as PSResourceGet asks
/// (learn.microsoft.com/nuget/api). What it says of a package is in the package's nuspec, as with the PowerShell
/// Gallery. In a repository that is a folder it reads dependencies from the module manifest alone.
/// </summary>
internal sealed class ModuleFeed : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Uri _url;
    private readonly string _folder;

    /// <param name="folder">Holds the packages.</param>
    public ModuleFeed(string folder)
    {
        _folder = folder;
        _url = new Uri($"http://127.0.0.1:{FreePort.Take()}/");
        _listener.Prefixes.Add(_url.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Index => new(_url, "v3/index.json");

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        var body = Body(context.Request.Url!.Segments);
        response.StatusCode = body is null ? 404 : 200;
        await response.OutputStream.WriteAsync(body ?? []);
    }

    private byte[]? Body(string[] segments) =>
        segments switch
        {
            [_, "v3/", "index.json"] => Json(
                new JsonObject
                {
                    ["version"] = "3.0.0",
                    ["resources"] = new JsonArray(
                        new JsonObject
                        {
                            ["@id"] = new Uri(_url, "registration").AbsoluteUri,
                            ["@type"] = "RegistrationsBaseUrl/3.6.0",
                        },
                        new JsonObject
                        {
                            ["@id"] = new Uri(_url, "packages").AbsoluteUri,
                            ["@type"] = "PackageBaseAddress/3.0.0",
                        }
                    ),
                }
            ),
            [_, "registration/", var id, "index.json"] => Find(id.TrimEnd('/')) is { } package
                ? Json(Registration(package))
                : null,
            [_, "packages/", var name] => File.ReadAllBytes(Path.Combine(_folder, Path.GetFileName(name))),
            _ => null,
        };

    private string? Find(string id) =>
        Directory
            .EnumerateFiles(_folder, "*.nupkg")
            .FirstOrDefault(file => Field(Nuspec(file), "id").Equals(id, StringComparison.OrdinalIgnoreCase));

    private JsonObject Registration(string package)
    {
        var nuspec = Nuspec(package);
        var dependencies = nuspec
            .Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => new JsonObject
            {
                ["id"] = element.Attribute("id")!.Value,
                ["range"] = $"[{element.Attribute("version")!.Value}, )",
            });
        var entry = new JsonObject
        {
            ["@id"] = _url.AbsoluteUri,
            ["id"] = Field(nuspec, "id"),
            ["version"] = Field(nuspec, "version"),
            ["authors"] = Field(nuspec, "authors"),
            ["description"] = Field(nuspec, "description"),
            ["listed"] = true,
            ["tags"] = new JsonArray([.. Field(nuspec, "tags").Split(' ').Select(tag => JsonValue.Create(tag))]),
            ["dependencyGroups"] = new JsonArray(
                new JsonObject { ["dependencies"] = new JsonArray([.. dependencies]) }
            ),
        };
        var item = new JsonObject
        {
            ["catalogEntry"] = entry,
            ["packageContent"] = new Uri(_url, $"packages/{Path.GetFileName(package)}").AbsoluteUri,
        };
        return new JsonObject
        {
            ["items"] = new JsonArray(
                new JsonObject { ["upper"] = Field(nuspec, "version"), ["items"] = new JsonArray(item) }
            ),
        };
    }

    private static XElement Nuspec(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        using var text = archive
            .Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase))
            .Open();
        return XElement.Load(text);
    }

    private static string Field(XElement nuspec, string name) =>
        nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    private static byte[] Json(JsonObject value) => JsonSerializer.SerializeToUtf8Bytes(value);
}
