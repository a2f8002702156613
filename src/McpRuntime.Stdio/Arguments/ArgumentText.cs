using System.Text.Json;
using McpRuntime.Documents.Json;

namespace McpRuntime.Stdio.Arguments;

/// <summary>The arguments of a call as a user gives them: JSON, <c>@FILE</c>, or <c>-</c>.</summary>
internal static class ArgumentText
{
    /// <exception cref="ArgumentTextException">It cannot be read, or is not a JSON object.</exception>
    public static async Task<JsonElement> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var (bytes, place) = await BytesOfAsync(text, cancellationToken);
        try
        {
            var element = JsonElement.Parse(bytes.Span, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return element.ValueKind == JsonValueKind.Object
                ? element
                : throw new ArgumentTextException(
                    $"{place} must be a JSON object such as {{\"id\": 7}}, not {Describe(element)}."
                );
        }
        catch (JsonException exception)
        {
            throw new ArgumentTextException($"{place}, {JsonSyntaxError.Describe(bytes, exception)}", exception);
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Bytes, string Place)> BytesOfAsync(
        string text,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (text == "-")
            {
                using var buffer = new MemoryStream();
                await using var input = Terminal.OpenInput();
                await input.CopyToAsync(buffer, cancellationToken);
                return (WithoutMark(buffer.ToArray()), "Standard input");
            }
            return text.StartsWith('@')
                ? (WithoutMark(await File.ReadAllBytesAsync(text[1..], cancellationToken)), $"'{text[1..]}'")
                : (System.Text.Encoding.UTF8.GetBytes(text), "--arguments");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentTextException($"The arguments cannot be read: {exception.Message}", exception);
        }
    }

    // Editors on Windows write a byte order mark, which JSON does not know.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) =>
        bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);

    private static string Describe(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => "an array",
            JsonValueKind.Null => "null",
            _ => $"a {element.ValueKind.ToString().ToLowerInvariant()}",
        };
}

/// <summary>The arguments on the command line are unusable: wrong usage.</summary>
internal sealed class ArgumentTextException(string message, Exception? innerException = null)
    : Exception(message, innerException);
