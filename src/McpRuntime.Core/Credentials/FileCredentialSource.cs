using System.Security.Cryptography;
using McpRuntime.Diagnostics;
using McpRuntime.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Credentials;

/// <summary>
/// A folder of files as containers mount secrets: each is named as its environment variable would be and holds one
/// field. One line break at the end does not count. They are looked at with each call, so a rotated file takes effect
/// at once.
/// </summary>
internal sealed class FileCredentialSource : ICredentialSource
{
    // A secret is short; a wrong mount must not be read whole.
    private const int MaxBytes = 64 * 1024;

    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> _warned = new(
        StringComparer.Ordinal
    );

    /// <param name="folder"><see cref="Configuration.RuntimeSettings.CredentialsFolder"/>.</param>
    /// <param name="logger">Gets a warning, once a file, where others than the owner may write it.</param>
    public FileCredentialSource(string folder, ILogger<FileCredentialSource>? logger = null)
    {
        _folder = folder;
        _logger = logger ?? NullLogger<FileCredentialSource>.Instance;
    }

    public string? HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) =>
        key.IsPlain
            ? $"write the file{(fields.Count == 1 ? "" : "s")} "
                + $"{NamedFields.Names(key.Connector, key.Scheme, fields)} in '{_folder}'"
            : null;

    // Before the files are read: one that is written meanwhile then differs.
    public ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (!key.IsPlain)
            return ValueTask.FromResult<Credential?>(null);
        var state = FileStates.Of(_folder, NamedFields.NamesOf(key.Connector, key.Scheme));
        return ValueTask.FromResult(
            NamedFields.Read("credential files", key.Connector, key.Scheme, Read, ReadText, state)
        );
    }

    public bool IsCurrent(CredentialKey key, Credential? known)
    {
        if (!key.IsPlain)
            return known is null;
        var names = NamedFields.NamesOf(key.Connector, key.Scheme);
        return known is null
            ? !Array.Exists(names, name => File.Exists(Path.Combine(_folder, name)))
            : known.Mark is FileStates { IsSettled: true } state && state == FileStates.Of(_folder, names);
    }

    private string? ReadText(string name)
    {
        using var secret = Read(name);
        return secret?.Reveal();
    }

    private Secret? Read(string name)
    {
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path))
            return null;
        try
        {
            WarnIfOpenToOthers(path);
            using var file = RegularFile.OpenRead(path);
            if (file.Length > MaxBytes)
                throw new McpRuntimeException(
                    $"The credential file '{path}' has {CountText.Of(file.Length, "byte")}; a secret has at most "
                        + $"{MaxBytes}."
                );
            var buffer = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
            var content = buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            // Bytes, whose last one may well be that of a line break.
            if (
                !name.EndsWith(CredentialName.Suffix(CredentialField.Pkcs12), StringComparison.Ordinal)
                && content is [.. var line, (byte)'\n']
            )
                content = line is [.. var text, (byte)'\r'] ? text : line;
            var secret = Secret.FromUtf8(content);
            CryptographicOperations.ZeroMemory(buffer);
            return secret;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"The credential file '{path}' cannot be read: {error.Message}", error);
        }
    }

    // Containers mount secrets readable for all, which is fine inside one; writable ones let others choose our
    // credential.
    private void WarnIfOpenToOthers(string path)
    {
        if (
            OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0
        )
            return;
        if (_warned.TryAdd(path, true))
            _logger.LogWarning(
                "The credential file '{Path}' can be written by users other than its owner; run: chmod go-w '{Path}'",
                path,
                path
            );
    }
}
