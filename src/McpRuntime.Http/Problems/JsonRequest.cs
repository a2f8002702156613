using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Problems;

/// <summary>Reads bodies of management requests: one JSON object of known members.</summary>
internal static class JsonRequest
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The body as an object that owns its memory.</summary>
    /// <param name="request">The request.</param>
    /// <param name="allowsNul">
    /// Texts may hold NUL, as JSON lets them: the arguments of a tool are the API's business. What is stored may not.
    /// </param>
    /// <exception cref="ProblemException">It is not a JSON object, or holds text that is not Unicode.</exception>
    public static async Task<JsonElement> ReadObjectAsync(this HttpRequest request, bool allowsNul = false)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(
                request.Body,
                Options,
                request.HttpContext.RequestAborted
            );
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                if (UnstorableText.FaultOf(document.RootElement, allowsNul) is { } fault)
                    throw new ProblemException(Problem.Invalid($"The body contains {fault}."));
                return document.RootElement.Clone();
            }
        }
        catch (JsonException exception)
        {
            throw new ProblemException(
                Problem.Invalid($"The body is not JSON: {UntrustedText.Clean(exception.Message)}")
            );
        }
        catch (InvalidOperationException)
        {
            // When names are compared.
            throw new ProblemException(Problem.Invalid("A member name of the body contains half of a surrogate pair."));
        }
        throw new ProblemException(Problem.Invalid("The body must be a JSON object."));
    }

    /// <summary>Refuses members that nothing reads: a misspelt one must not be taken for its default.</summary>
    public static void AllowOnly(this JsonElement body, params ReadOnlySpan<string> names)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (!names.Contains(member.Name))
                throw new ProblemException(
                    Problem.Invalid(
                        $"'{UntrustedText.Clean(member.Name)}' is unknown; the body takes {string.Join(", ", names)}."
                    )
                );
        }
    }

    /// <summary>A text of limited length, cleaned for display; null where it is absent or null.</summary>
    public static string? Text(this JsonElement body, string name, int longest)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (
            value.ValueKind == JsonValueKind.String
            && UntrustedText.Clean(value.GetString()) is var text
            && text.Length <= longest
        )
            return text;
        throw new ProblemException(Problem.Invalid($"'{name}' must be a string of at most {longest} characters."));
    }

    /// <summary>A list of texts; null where it is absent or null.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (
            value.ValueKind != JsonValueKind.Array
            || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)
        )
            throw new ProblemException(Problem.Invalid($"'{name}' must be a list of strings."));
        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    public static bool? Flag(this JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new ProblemException(Problem.Invalid($"'{name}' must be true or false."));
    }

    public static int? Whole(this JsonElement body, string name, int least, int most)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && number >= least
            && number <= most
            ? number
            : throw new ProblemException(Problem.Invalid($"'{name}' must be a whole number from {least} to {most}."));
    }

    /// <summary>A number of the query; the default where it is absent.</summary>
    public static long QueryNumber(this HttpRequest request, string name, long otherwise, long least, long most)
    {
        if (!request.Query.TryGetValue(name, out var values))
            return otherwise;
        return
            long.TryParse(
                values.ToString(),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var number
            )
            && number >= least
            && number <= most
            ? number
            : throw new ProblemException(
                Problem.Invalid($"'{name}' in the query must be a whole number from {least} to {most}.")
            );
    }
}
