using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Http.Hosting;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.ConnectorCredentials;

/// <summary>
/// A gateway with a key ring and the projects p and q, an API that takes a key, and the managers of one project.
/// </summary>
internal sealed class CredentialGateway : IAsyncDisposable
{
    public const string Value = "value-of-the-key-4711";

    private const string Roles = """
        {"roles": {
          "p-all": {"projects": ["p"], "access": "destructive", "rights": ["connectors", "credentials", "audit", "projects", "tokens", "runtime"]},
          "p-connectors": {"projects": ["p"], "access": "destructive", "rights": ["connectors"]},
          "p-credentials": {"projects": ["p"], "access": "none", "rights": ["credentials"]}
        }}
        """;

    private readonly TemporaryFolder _home = new();

    private CredentialGateway() { }

    public RecordingUpstream Api { get; } = Manifests.Upstream();

    /// <summary>Where nothing of anyone may arrive.</summary>
    public RecordingUpstream Elsewhere { get; } = Manifests.Upstream();

    public RunningGateway Gateway { get; private set; } = null!;

    public TemporaryFolder Home => _home;

    public HttpClient Admin => Gateway.Client;

    public string Origin => Api.Url.GetLeftPart(UriPartial.Authority);

    public string Other => Elsewhere.Url.GetLeftPart(UriPartial.Authority);

    /// <param name="database">URL of a PostgreSQL database; null for SQLite.</param>
    /// <param name="hasKeyRing">The operator gave a key.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<CredentialGateway> StartAsync(
        string? database = null,
        bool hasKeyRing = true,
        params (string, string)[] settings
    )
    {
        var made = new CredentialGateway();
        made._home.Write("ring.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        made._home.Write("connectors/shop.yaml", Manifest(made.Api.Url));
        made.Gateway = await made.StartAnotherAsync(database, hasKeyRing, settings: settings);
        foreach (var project in new[] { "p", "q" })
            await made.Admin.SendAsync("POST", "/v1/projects", $$"""{"name":"{{project}}"}""", 201);
        return made;
    }

    /// <summary>Another gateway of the same home, as a replica of a shared database or after a stop.</summary>
    public Task<RunningGateway> StartAnotherAsync(
        string? database = null,
        bool hasKeyRing = true,
        Func<GatewayParts, GatewayParts>? change = null,
        params (string, string)[] settings
    )
    {
        List<(string, string)> variables =
        [
            Manifests.Loopback,
            ("ROLES_FILE", _home.Write("roles.json", Roles)),
            ("LOG_LEVEL", "debug"),
            .. settings,
        ];
        if (hasKeyRing)
            variables.Add(("KEY_RING_KEY_FILE", _home.PathOf("ring.key")));
        if (database is not null)
            variables.Add(("DATABASE_URL", database));
        return RunningGateway.StartAsync(variables, _home, change);
    }

    /// <summary>A shop whose tools need a key in a header.</summary>
    public static string Manifest(Uri api, string name = "shop", string scheme = "key") =>
        Manifests.Shop(api, name)
        + $$"""

              - name: list_items
                description: Lists items.
                endpoint: GET /items
                arguments: {}
                input_schema: { type: object, properties: {} }
              security_schemes: { {{scheme}}: { type: api_key, location: header, key_name: X-Key } }
              security: [ { {{scheme}}: [] } ]
            """;

    public Task<HttpClient> ClientAsync(string role) => Gateway.ClientAsync(role);

    /// <summary>Installs a connector in a project as an admin, which approves loopback for it.</summary>
    public Task<JsonElement> InstallAsync(string project = "p", string name = "shop", string? manifest = null) =>
        InstallAsync(Admin, project, manifest ?? Manifest(Api.Url, name));

    public static Task<JsonElement> InstallAsync(HttpClient client, string project, string manifest) =>
        client.SendAsync("POST", $"/v1/projects/{project}/connectors", manifest, 201, type: "application/yaml");

    /// <summary>Puts another manifest in the place of the one before.</summary>
    public static Task<JsonElement> ReplaceAsync(HttpClient client, string project, string manifest) =>
        client.SendAsync("POST", $"/v1/projects/{project}/connectors", manifest, 201, "*", "application/yaml");

    /// <summary>Path of a credential.</summary>
    public static string Path(
        string? project = "p",
        string connector = "shop",
        string action = "",
        string scheme = "key"
    ) =>
        $"/v1/credentials/{Uri.EscapeDataString(scheme)}{action}?connector={Uri.EscapeDataString(connector)}"
        + (project is null ? "" : $"&project={project}");

    /// <summary>Sets the key of a connector for the origin of the API.</summary>
    public Task<JsonElement> SetAsync(
        string? project = "p",
        string connector = "shop",
        int status = 200,
        HttpClient? client = null,
        string value = Value,
        string? origin = null
    ) =>
        (client ?? Admin).SendAsync(
            "PUT",
            Path(project, connector),
            $$"""{"fields":{"value":"{{value}}"},"origins":["{{origin ?? Origin}}"]}""",
            status,
            "*"
        );

    /// <summary>The credential as it is listed.</summary>
    public async Task<JsonElement> StateAsync(
        string? project = "p",
        string connector = "shop",
        HttpClient? client = null
    ) =>
        (await (client ?? Admin).SendAsync("GET", "/v1/credentials"))
            .GetProperty("credentials")
            .EnumerateArray()
            .Single(one => one.GetProperty("project").GetString() == project && one.Text("connector") == connector);

    /// <summary>Calls the tool that lists; the text of its answer.</summary>
    public async Task<(bool IsError, string Text)> CallAsync(
        string? project = "p",
        HttpClient? client = null,
        string tool = "list_items"
    )
    {
        var answer = await (client ?? Admin).SendAsync(
            "POST",
            $"/v1/tools/{tool}{(project is null ? "" : $"?project={project}")}",
            "{}"
        );
        return (answer.GetProperty("isError").GetBoolean(), answer.GetProperty("content")[0].Text("text"));
    }

    /// <summary>The keys that arrived at the API, in their order.</summary>
    public IEnumerable<string> Keys => Api.Requests.Select(request => string.Concat(request.Header("X-Key")));

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        await Api.DisposeAsync();
        await Elsewhere.DisposeAsync();
        _home.Dispose();
    }
}
