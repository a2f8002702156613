using System.Reflection;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Docs.Tests;

/// <summary>Messages that <c>docs/troubleshooting.md</c> quotes, in blocks of text, are those of the programs.</summary>
public sealed partial class TroubleshootingTests
{
    private const char Any = '…';

    private static readonly string[] Programs =
    [
        "McpRuntime.Core.dll",
        "mcp-runtime.dll",
        "McpRuntime.Cmdlets.dll",
        "mcp-runtime-http.dll",
    ];

    // Literals follow each other as the code loads them, so that a message whose parts were joined is found, too.
    private static readonly Lazy<string> Texts = new(() =>
        string.Concat(
            Programs
                .SelectMany(program => UserStrings.In(Path.Combine(AppContext.BaseDirectory, program)))
                .Append(File.ReadAllText(RepositoryRoot.PathOf("McpRuntime.psm1")).Replace("$($cmdlets.Location)", "…"))
        )
    );

    private static readonly string[] Quotes =
    [
        .. Block()
            .Matches(File.ReadAllText(RepositoryRoot.PathOf("docs", "troubleshooting.md")).ReplaceLineEndings("\n"))
            .Select(block => block.Groups[1].Value.Trim()),
    ];

    public static TheoryData<string> Messages => [.. Quotes];

    private static readonly string Console =
        typeof(TroubleshootingTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "Console")
            .Value! + (OperatingSystem.IsWindows() ? ".exe" : "");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_program_has_the_message(string message) =>
        Assert.All(
            message.Split(Any).Select(part => part.Trim(' ', '.', '\'', '\n')).Where(part => part.Length > 3),
            part => Assert.True(IsThere(part), part)
        );

    // A literal that was there before is not there twice, so that its neighbours are apart.
    private static bool IsThere(string part) =>
        Has(part)
        || Enumerable.Range(1, part.Length - 1).Any(at => part[at] == ' ' && Has(part[..at]) && Has(part[(at + 1)..]));

    private static bool Has(string part) => Texts.Value.Contains(part, StringComparison.Ordinal);

    [Fact]
    public void A_message_that_no_program_has_is_found() =>
        Assert.False(IsThere("The lock was opened with a key of another door."));

    [Fact]
    public async Task An_empty_folder_has_no_connectors()
    {
        using var runtime = new McpRuntimeProcess(Console);
        var output = await runtime.RunAsync(["tools"], Token);
        AssertSaid("No connectors found.", output);
    }

    [Fact]
    public async Task A_web_page_is_not_a_document()
    {
        using var runtime = new McpRuntimeProcess(Console);
        using var folder = new TemporaryFolder();
        var page = folder.Write("docs.html", "<!DOCTYPE html><html></html>");
        var output = await runtime.RunAsync(["import", page, "--name", "petstore"], Token);
        AssertSaid("is neither a JSON nor a YAML document", output);
    }

    [Fact]
    public async Task A_document_can_be_too_large()
    {
        using var runtime = new McpRuntimeProcess(Console)
        {
            Environment = { ["MCP_RUNTIME_MAX_DOCUMENT_BYTES"] = "1024" },
        };
        using var folder = new TemporaryFolder();
        var document = folder.Write(
            "large.json",
            $$"""{ "openapi": "3.1.0", "x-filler": "{{new string('a', 2000)}}" }"""
        );
        AssertSaid("Raise MCP_RUNTIME_MAX_DOCUMENT_BYTES", await runtime.RunAsync(["import", document], Token));
    }

    [Fact]
    public async Task A_call_needs_a_credential_and_an_approved_address()
    {
        using var runtime = new McpRuntimeProcess(Console);
        runtime.AddConnector(
            "shop",
            """
            connector:
              manifest_version: 2
              name: shop
              version: 1.0.0
              base_url: http://127.0.0.1:9
              security_schemes: { key: { type: api_key, location: header, key_name: X-Key } }
              tools:
              - name: list_pets
                description: Lists the pets of the shop.
                endpoint: GET /pets
                input_schema: { type: object, properties: {} }
              - name: list_orders
                description: Lists the orders of the shop.
                endpoint: GET /orders
                input_schema: { type: object, properties: {} }
                security: [ { key: [] } ]
            """
        );
        AssertSaid("is a loopback address", await runtime.RunAsync(["call", "list_pets"], Token));
        AssertSaid("needs a credential that is not set", await runtime.RunAsync(["call", "list_orders"], Token));
    }

    [Fact]
    public async Task A_lock_that_is_not_there_serves_nothing()
    {
        using var runtime = new McpRuntimeProcess(Console);
        var output = await runtime.RunAsync(["serve", "--lock", "/nowhere/tools.lock"], Token);
        AssertSaid("The lock '", output);
        AssertSaid("Serving ", output);
    }

    // The whole message, with anything in the place of names and values.
    private static void AssertSaid(string part, ProcessOutput output)
    {
        var message = Quotes.Single(quote => quote.Contains(part, StringComparison.Ordinal));
        var pattern = string.Join(".*", message.Split(Any).Select(Regex.Escape));
        Assert.Matches(pattern, WhiteSpace().Replace(output.ToString(), " "));
    }

    [GeneratedRegex("^```text\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
