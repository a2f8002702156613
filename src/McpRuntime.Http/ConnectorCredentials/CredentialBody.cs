using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;
using McpRuntime.Http.Problems;
using McpRuntime.Network;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>
/// The body of a change of a credential. Its values are never strings, which would stay in memory, and no message shows
/// anything of them.
/// </summary>
internal sealed class CredentialBody : IDisposable
{
    private const int MostBytes = 256 * 1024;

    private CredentialBody(IReadOnlyDictionary<CredentialField, Secret>? fields, IReadOnlyList<Origin>? origins)
    {
        Fields = fields;
        Origins = origins;
    }

    /// <summary>Null where the body has none.</summary>
    public IReadOnlyDictionary<CredentialField, Secret>? Fields { get; }

    /// <summary>Null where the body has none.</summary>
    public IReadOnlyList<Origin>? Origins { get; }

    /// <exception cref="ProblemException">It is not <c>{"fields": {}, "origins": []}</c>.</exception>
    public static async Task<CredentialBody> ReadAsync(HttpRequest request)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MostBytes + 1, pinned: true);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer,
                buffer.Length,
                throwOnEndOfStream: false,
                request.HttpContext.RequestAborted
            );
            if (length > MostBytes)
                throw Invalid($"The body has more than {MostBytes} bytes.");
            return Read(buffer.AsSpan(0, length));
        }
        // Messages of the reader could quote the text.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Invalid("The body is not a JSON object with 'fields' (an object of strings) and 'origins' (a list).");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    public void Dispose()
    {
        foreach (var secret in Fields?.Values ?? [])
            secret.Dispose();
    }

    private static CredentialBody Read(ReadOnlySpan<byte> utf8)
    {
        Dictionary<CredentialField, Secret>? fields = null;
        List<Origin>? origins = null;
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("fields"u8) && fields is null)
                fields = ReadFields(ref reader, utf8);
            else if (reader.ValueTextEquals("origins"u8) && origins is null)
                origins = ReadOrigins(ref reader);
            else
                throw Invalid("The body takes 'fields' and 'origins', each once.");
        }
        return new CredentialBody(fields, origins);
    }

    private static Dictionary<CredentialField, Secret> ReadFields(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        using var text = Secret.FromUtf8(utf8[start..(int)reader.BytesConsumed]);
        try
        {
            var fields = FieldsJson.Read(text, out var stamp);
            if (stamp is null)
                return fields;
            foreach (var secret in fields.Values)
                secret.Dispose();
        }
        catch (McpRuntimeException)
        {
            // It says nothing of what was read.
        }
        throw Invalid(
            "'fields' must be an object whose members are fields of a credential, each a string. GET /v1/credentials "
                + "lists the fields of each scheme."
        );
    }

    private static List<Origin> ReadOrigins(ref Utf8JsonReader reader)
    {
        var origins = new List<Origin>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || !Origin.TryParse(reader.GetString()!, out var origin))
                throw Invalid("'origins' must be a list of origins such as https://api.example.com.");
            origins.Add(origin);
        }
        return origins;
    }

    private static ProblemException Invalid(string detail) => new(Problem.Invalid(detail));
}
