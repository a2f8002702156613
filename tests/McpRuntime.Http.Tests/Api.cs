using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Http.Tests;

/// <summary>Management requests in one line.</summary>
internal static class Api
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Sends and reads the JSON of the answer, whose status must be as said.</summary>
    public static async Task<JsonElement> SendAsync(
        this HttpClient client,
        string method,
        string path,
        string? body = null,
        int status = 200,
        string? ifMatch = null,
        string type = "application/json"
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await client.SendAsync(request, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(status == (int)answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).ToString();
}
