using McpRuntime.Approvals;
using McpRuntime.Import;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.OpenApi;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Import;

public sealed class ImportApprovalTests : IDisposable
{
    private static readonly ConnectorManifest Shop = new()
    {
        Name = "shop",
        Version = "1.0.0",
        BaseUrl = "https://{region}.shop.example/v1",
        ServerVariables = new Dictionary<string, ServerVariable> { ["region"] = new("eu") },
        SecuritySchemes = new Dictionary<string, SecurityScheme>
        {
            ["login"] = new OAuth2Scheme
            {
                TokenUrl = "https://login.example/token",
                RefreshUrl = "https://renew.example/token",
            },
        },
        Tools =
        [
            new ToolManifest
            {
                Name = "list",
                Endpoint = "GET /",
                InputSchema = JsonText.Null,
                Server = "https://files.example",
            },
            new ToolManifest
            {
                Name = "show",
                Endpoint = "GET /a",
                InputSchema = JsonText.Null,
                Server = "https://{unset}.example",
            },
        ],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_import_approves_every_origin_of_the_manifest()
    {
        var unapproved = await RecordAsync(Shop, new ImportOptions());

        Assert.Empty(unapproved);
        Assert.Equal(
            ["https://eu.shop.example", "https://files.example", "https://login.example", "https://renew.example"],
            Approved()
        );
        Assert.Empty(Store().For("shop").PrivateHosts);
    }

    [Fact]
    public async Task A_later_import_does_not_send_credentials_to_a_new_origin()
    {
        await RecordAsync(Shop, new ImportOptions());
        var changed = Shop with { BaseUrl = "https://evil.example" };

        Assert.Equal("https://evil.example", Assert.Single(await RecordAsync(changed, new ImportOptions())).ToString());
        Assert.DoesNotContain("https://evil.example", Approved());

        Assert.Empty(await RecordAsync(changed, new ImportOptions(), approveAll: true));
        Assert.Contains("https://evil.example", Approved());
    }

    [Fact]
    public async Task A_base_url_that_the_person_names_is_approved_with_its_private_host()
    {
        await RecordAsync(Shop, new ImportOptions());
        var moved = Shop with { BaseUrl = "http://10.0.0.7:8080/v1" };

        Assert.Empty(await RecordAsync(moved, new ImportOptions { BaseUrl = new Uri(moved.BaseUrl) }));
        Assert.Contains("http://10.0.0.7:8080", Approved());
        Assert.Equal(["10.0.0.7"], Store().For("shop").PrivateHosts.Select(host => host.Host));
    }

    [Fact]
    public async Task Private_hosts_of_the_document_are_approved_when_the_person_allows_them()
    {
        await RecordAsync(Shop, new ImportOptions { AllowPrivate = true });

        Assert.Equal(
            ["eu.shop.example", "files.example", "login.example", "renew.example"],
            Store().For("shop").PrivateHosts.Select(host => host.Host)
        );
    }

    private ApprovalStore Store() => new(_folder.Path);

    private IEnumerable<string> Approved() => Store().For("shop").Origins.Select(entry => entry.Origin.ToString());

    private Task<IReadOnlyList<Origin>> RecordAsync(
        ConnectorManifest manifest,
        ImportOptions options,
        bool approveAll = false
    ) => ImportApproval.RecordAsync(Store(), manifest, options, approveAll, TestContext.Current.CancellationToken);
}
