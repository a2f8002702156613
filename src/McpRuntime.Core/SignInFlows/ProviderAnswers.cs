using System.Buffers;
using System.Text.Json;
using McpRuntime.Http;

namespace McpRuntime.SignInFlows;

/// <summary>
/// Sits below the protocol library: bounds what a provider sends, and gives answers of another form (form-encoded, or
/// with the user's token in a member) the form of RFC 6749 section 5.
/// </summary>
internal sealed class ProviderAnswers(HttpMessageInvoker inner, string? tokenMember) : HttpMessageHandler
{
    private const int MaxBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await inner.SendAsync(request, cancellationToken);
        var (body, isCut) = await BoundedBody.ReadAsync(response.Content, MaxBytes, cancellationToken);
        if (isCut)
            throw new InvalidDataException("The answer is larger than 64 KiB.");
        var isForm = response.Content.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded";
        var json = isForm ? OfForm(System.Text.Encoding.UTF8.GetString(body.Span)) : body;
        response.Content.Dispose();
        response.Content = new ReadOnlyMemoryContent(Usual(json, tokenMember));
        return response;
    }

    private static ReadOnlyMemory<byte> OfForm(string form)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in AuthorizationResponse.Parse(form) ?? [])
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return output.WrittenMemory;
    }

    // What is not a JSON object is an empty answer to the library, which would throw.
    private static ReadOnlyMemory<byte> Usual(ReadOnlyMemory<byte> body, string? member)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return default;
            // A renewed token is not in the member.
            return
                member is not null
                && root.TryGetProperty(member, out var user)
                && user.ValueKind == JsonValueKind.Object
                && user.TryGetProperty("access_token", out _)
                ? JsonSerializer.SerializeToUtf8Bytes(user)
                : body;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
