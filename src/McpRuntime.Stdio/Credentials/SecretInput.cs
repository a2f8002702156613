using System.Security.Cryptography;
using McpRuntime.Credentials;

namespace McpRuntime.Stdio.Credentials;

/// <summary>
/// Reads secrets from the terminal without showing them, or from standard input: one value, or a line
/// <c>NAME=value</c> for each of several fields.
/// </summary>
internal sealed class SecretInput(Terminal terminal)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>The fields, for the caller to dispose.</summary>
    /// <exception cref="McpRuntimeException">The input does not have them; the message shows nothing of it.</exception>
    public async Task<Dictionary<CredentialField, Secret>> ReadAsync(
        IReadOnlyList<CredentialField> fields,
        CancellationToken cancellationToken
    ) =>
        Console.IsInputRedirected
            ? await FromInputAsync(fields, cancellationToken)
            : await FromTerminalAsync(fields, cancellationToken);

    private static async Task<Dictionary<CredentialField, Secret>> FromInputAsync(
        IReadOnlyList<CredentialField> fields,
        CancellationToken cancellationToken
    )
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MostBytes + 1, pinned: true);
        try
        {
            await using var input = Terminal.OpenInput();
            var length = await input.ReadAtLeastAsync(
                buffer,
                buffer.Length,
                throwOnEndOfStream: false,
                cancellationToken
            );
            if (length > MostBytes)
                throw new McpRuntimeException($"Standard input has more than {MostBytes} bytes; a secret is shorter.");
            return fields is [var only]
                ? new() { [only] = Secret.FromUtf8(WithoutLineBreak(buffer.AsSpan(0, length))) }
                : Lines(fields, buffer.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private static Dictionary<CredentialField, Secret> Lines(IReadOnlyList<CredentialField> fields, Span<byte> text)
    {
        var found = new Dictionary<CredentialField, Secret>();
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = WithoutLineBreak(end < 0 ? text : text[..(end + 1)]);
            text = end < 0 ? default : text[(end + 1)..];
            foreach (var field in fields)
            {
                var name = CredentialName.Of(field);
                if (
                    line.Length > name.Length
                    && line[name.Length] == (byte)'='
                    && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name)
                )
                    found[field] = Secret.FromUtf8(line[(name.Length + 1)..]);
            }
        }
        var missing = fields.Where(field => !found.ContainsKey(field)).Select(CredentialName.Of).ToList();
        if (missing.Count == 0)
            return found;
        foreach (var secret in found.Values)
            secret.Dispose();
        throw new McpRuntimeException(
            $"Standard input has no {string.Join(" and no ", missing)}. Write a line NAME=value for each of "
                + $"{string.Join(", ", fields.Select(CredentialName.Of))}."
        );
    }

    private static Span<byte> WithoutLineBreak(Span<byte> text) =>
        text is [.. var line, (byte)'\n'] ? (line is [.. var inner, (byte)'\r'] ? inner : line) : text;

    private async Task<Dictionary<CredentialField, Secret>> FromTerminalAsync(
        IReadOnlyList<CredentialField> fields,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<CredentialField, Secret>();
        foreach (var field in fields)
        {
            var isShown = field is CredentialField.Username or CredentialField.ClientId;
            var question = $"{CredentialName.Of(field)}{(isShown ? "" : " (not shown)")}: ";
            found[field] = await HiddenLine.AskAsync(terminal, question, isShown, cancellationToken);
        }
        return found;
    }
}
