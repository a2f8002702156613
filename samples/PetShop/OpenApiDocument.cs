namespace PetShop;

/// <summary>The hand-written OpenAPI document, with this server as its only server.</summary>
internal static class OpenApiDocument
{
    private static readonly string Text = Read();

    public static string For(string serverUrl) => Text.Replace("http://SERVER", serverUrl, StringComparison.Ordinal);

    private static string Read()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("openapi.json is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
