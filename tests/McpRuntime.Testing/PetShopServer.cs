namespace McpRuntime.Testing;

/// <summary>The pet shop of the samples as a server of the test: its document and what the tests call.</summary>
public sealed class PetShopServer : IAsyncDisposable
{
    private readonly RecordingUpstream _upstream;

    private PetShopServer(RecordingUpstream upstream) => _upstream = upstream;

    public string DocumentUrl => $"{Origin}/openapi.json";

    public string Origin => _upstream.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Calls, without the reading of the document.</summary>
    public IReadOnlyList<RecordedRequest> Calls =>
        [.. _upstream.Requests.Where(request => request.Target != "/openapi.json")];

    /// <param name="key">What writing needs in <c>X-Api-Key</c>.</param>
    public static PetShopServer Start(string key = "a secret of the shop")
    {
        var document = File.ReadAllText(RepositoryRoot.PathOf("samples", "PetShop", "openapi.json"));
        return new PetShopServer(
            RecordingUpstream.Start(
                (request, connection, cancellationToken) =>
                    connection.SendAsync(Answer(request, document, key), cancellationToken)
            )
        );
    }

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private static UpstreamAnswer Answer(RecordedRequest request, string document, string key) =>
        (request.Method, request.Target) switch
        {
            (_, "/openapi.json") => UpstreamAnswer.Json(
                document.Replace("http://SERVER", $"http://{request.Header("Host").Single()}", StringComparison.Ordinal)
            ),
            ("GET", _) => UpstreamAnswer.Json("""{"items":[{"id":9007199254740993,"name":"Rex"}],"total":1}"""),
            _ when request.Header("X-Api-Key").SingleOrDefault() != key => UpstreamAnswer.Json(
                """{"title":"API key missing"}""",
                401
            ),
            _ => UpstreamAnswer.Json("""{"id":9007199254740995,"name":"Tom","species":"cat"}""", 201),
        };
}
