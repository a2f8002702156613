using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Configuration;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Runtime.Gateway;

/// <summary>
/// Answers the gateway from the vaults of this process, which it cannot open itself, and from the credential files and
/// variables of this session, which it does not inherit.
/// </summary>
internal sealed class GatewayCredentials : IDisposable
{
    private readonly ServerScripts _scripts = new();
    private readonly VaultCredentialSource _vault;
    private readonly IReadOnlyList<ICredentialSource> _sources;

    public GatewayCredentials(RuntimeSettings settings)
    {
        _vault = new VaultCredentialSource(new SecretVault(_scripts), new SecretRecordStore(settings.DataFolder));
        _sources = [_vault, .. CredentialSources.For(settings)];
    }

    /// <summary>The line to write, for the caller to clear.</summary>
    public async Task<byte[]> AnswerAsync(GatewayQuestion question)
    {
        try
        {
            foreach (var source in _sources)
            {
                using var credential = await source.FindAsync(question.Connector, question.Scheme, CancellationToken.None);
                if (credential is not null)
                    return Line(question.Id, writer => WriteCredential(writer, credential));
            }
            return Line(question.Id, static _ => { });
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Without an answer the call would wait for its whole time.
            return Line(question.Id, writer => writer.WriteString("error"u8, exception.Message));
        }
    }

    public void Refused(string connector, string scheme)
    {
        foreach (var source in _sources)
            source.Refused(connector, scheme);
    }

    public void Dispose()
    {
        _vault.Dispose();
        _scripts.Dispose();
    }

    private static void WriteCredential(Utf8JsonWriter writer, Credential credential)
    {
        writer.WriteString("source"u8, credential.Source);
        writer.WriteStartArray("origins"u8);
        foreach (var origin in credential.Origins)
            writer.WriteStringValue(origin.ToString());
        writer.WriteEndArray();
        writer.WriteStartObject("fields"u8);
        foreach (var field in Enum.GetValues<CredentialField>())
        {
            if (field != CredentialField.Origins && credential[field] is { } secret)
                writer.WriteString(CredentialName.Of(field), secret.RevealUtf8());
        }
        writer.WriteEndObject();
    }

    private static byte[] Line(long id, Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id"u8, id);
            write(writer);
            writer.WriteEndObject();
        }
        output.Write("\n"u8);
        var line = output.WrittenSpan.ToArray();
        MemoryMarshal.AsMemory(output.WrittenMemory).Span.Clear();
        return line;
    }
}
