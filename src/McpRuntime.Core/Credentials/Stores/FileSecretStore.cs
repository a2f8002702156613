using System.Security.Cryptography;
using McpRuntime.Files;
using Microsoft.Win32.SafeHandles;

namespace McpRuntime.Credentials.Stores;

/// <summary>
/// Secrets in a folder that only its owner may enter, a file each: written next to it, flushed, then renamed, so that a
/// reader sees the one before or the new one. Encrypted where the user supplies a key.
/// </summary>
internal sealed class FileSecretStore : ISecretStore
{
    public const string KindName = "file";
    private const int MostBytes = 1024 * 1024;
    private const int MostAttempts = 100;

    private readonly string _folder;
    private readonly string? _keyFile;

    /// <param name="folder">Made when something is written.</param>
    /// <param name="keyFile">File with the key, read at each use; null to write plain files.</param>
    public FileSecretStore(string folder, string? keyFile)
    {
        _folder = folder;
        _keyFile = keyFile;
    }

    public string Kind => KindName;

    public string Description =>
        $"{(_keyFile is null ? "unencrypted" : "encrypted")} files in '{_folder}' that only their owner can read";

    /// <summary>Why secrets here are less safe than elsewhere; null where they are encrypted.</summary>
    public string? Weakness =>
        _keyFile is null
            ? $"Secrets are kept in unencrypted files in '{_folder}', which only their owner can read. "
                + $"To encrypt them, set {StoreKey.Variable} to a file with a key of {StoreKey.LeastCharacters} "
                + "or more characters."
            : null;

    public ValueTask<Secret?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        if (!File.Exists(path))
            return ValueTask.FromResult<Secret?>(null);
        CheckFolder();
        using var handle = OpenFile(path);
        if (handle is null)
            return ValueTask.FromResult<Secret?>(null);
        var length = RandomAccess.GetLength(handle);
        if (length > MostBytes)
            throw Unreadable(path, $"has {length} bytes, more than a secret has");
        var content = GC.AllocateUninitializedArray<byte>((int)length, pinned: true);
        try
        {
            var read = 0;
            while (read < content.Length && RandomAccess.Read(handle, content.AsSpan(read), read) is > 0 and var more)
                read += more;
            return ValueTask.FromResult<Secret?>(Open(name, path, content.AsSpan(0, read)));
        }
        catch (IOException error)
        {
            throw Unreadable(path, $"cannot be read: {error.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public async ValueTask WriteAsync(string name, Secret content, CancellationToken cancellationToken)
    {
        using var key = _keyFile is null ? null : StoreKey.Read(_keyFile);
        var file = SecretFile.Write(name, content, key);
        var path = PathOf(name);
        try
        {
            PrivateFile.CreateFolder(_folder);
            CheckFolder();
            await PrivateFile.WriteAsync(path, file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException(
                $"The secret '{path}' cannot be written: {error.Message} Check the folder's permissions, or set "
                    + "MCP_RUNTIME_DATA_DIR to a folder that you can write to.",
                error
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    public ValueTask RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
                FolderSync.Flush(_folder);
            }
            return ValueTask.CompletedTask;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"The secret '{path}' cannot be removed: {error.Message}", error);
        }
    }

    private static McpRuntimeException Unreadable(string path, string why) =>
        new($"The secret '{path}' {why}. Set the credential or sign in again.");

    // A file that is renamed over this one while it is opened is not the one that was opened: then again.
    private static SafeFileHandle? OpenFile(string path)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (OwnedFiles.OpenRead(path) is { } handle)
                return handle;
            if (!File.Exists(path))
                return null;
        }
        throw Unreadable(path, "is not a file of this user, or other users can write to it");
    }

    private Secret Open(string name, string path, Span<byte> content)
    {
        switch (SecretFile.IsEncrypted(content))
        {
            case null:
                throw Unreadable(path, "is damaged");
            case false:
                return SecretFile.ReadPlain(content);
        }
        if (_keyFile is null)
            throw new McpRuntimeException(
                $"The secret '{path}' is encrypted. Set {StoreKey.Variable} to the file with its key, or set the "
                    + "credential or sign in again."
            );
        using var key = StoreKey.Read(_keyFile);
        try
        {
            return SecretFile.Decrypt(name, content, key);
        }
        catch (CryptographicException)
        {
            throw new McpRuntimeException(
                $"The secret '{path}' cannot be decrypted with the key in '{_keyFile}' ({StoreKey.Variable}): it was "
                    + "written with another key, or is damaged. Use that key, or set the credential or sign in again."
            );
        }
    }

    private void CheckFolder()
    {
        if (OwnedFiles.ExplainFolder(_folder) is { } why)
            throw new McpRuntimeException($"The folder of secrets '{_folder}' is not used: {why}.");
    }

    private string PathOf(string name)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"'{name}' is not the name of a secret.", nameof(name));
        return Path.Combine(_folder, name + ".secret");
    }
}
