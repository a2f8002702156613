using System.Security.Cryptography;

namespace McpRuntime.Credentials.Stores.Native;

/// <summary>
/// The keyring of Linux desktops (GNOME Keyring, KWallet, KeePassXC) by libsecret, which keeps secrets in memory that
/// is not swapped and clears it.
/// </summary>
/// <param name="folder">The user's data folder.</param>
internal sealed class LinuxKeyring(string folder) : INativeStore
{
    public string Description => "the keyring";

    public string? Explain()
    {
        // Without it, libsecret would start a bus of its own, where nothing lasts.
        if (!HasBus())
            return "there is no D-Bus session";
        try
        {
            var service = LibSecret.GetService(LibSecret.OpenSession, 0, out var error);
            if (error != 0)
                return LibSecret.Take(error);
            LibSecret.Free(service);
            return null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return "libsecret is not installed (Debian, Ubuntu: libsecret-1-0; Fedora: libsecret)";
        }
    }

    public unsafe Secret? Read(string name, CancellationToken cancellationToken)
    {
        using var item = new LibSecretItem(folder, name);
        var value = Call(
            (nint cancellable, out nint error) => LibSecret.Find(item.Schema, item.Attributes, cancellable, out error),
            cancellationToken
        );
        if (value == 0)
            return null;
        var content = LibSecret.Content(value, out var length);
        var secret = Secret.FromUtf8(new ReadOnlySpan<byte>(content, checked((int)length)));
        LibSecret.FreeValue(value);
        return secret;
    }

    public unsafe void Write(string name, Secret content, CancellationToken cancellationToken)
    {
        using var item = new LibSecretItem(folder, name);
        nint value;
        fixed (byte* bytes = content.RevealUtf8())
            value = LibSecret.NewValue(bytes, content.RevealUtf8().Length, "text/plain");
        try
        {
            Call(
                (nint cancellable, out nint error) =>
                    LibSecret.Store(
                        item.Schema,
                        item.Attributes,
                        null,
                        $"McpRuntime: {name}",
                        value,
                        cancellable,
                        out error
                    ),
                cancellationToken
            );
        }
        finally
        {
            LibSecret.FreeValue(value);
        }
        // A collection that was deleted or is read-only takes an item without a word.
        using var kept = Read(name, cancellationToken);
        if (kept is null || !CryptographicOperations.FixedTimeEquals(kept.RevealUtf8(), content.RevealUtf8()))
            throw new NativeStoreException("it did not keep what was written");
    }

    public void Remove(string name, CancellationToken cancellationToken)
    {
        using var item = new LibSecretItem(folder, name);
        Call(
            (nint cancellable, out nint error) => LibSecret.Clear(item.Schema, item.Attributes, cancellable, out error),
            cancellationToken
        );
    }

    private static bool HasBus() =>
        Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS") is { Length: > 0 }
        || (
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            && File.Exists(Path.Combine(runtime, "bus"))
        );

    private static nint Call(NativeCall call, CancellationToken cancellationToken)
    {
        var cancellable = LibSecret.NewCancellable();
        try
        {
            // Disposing it waits for a cancellation that is under way.
            using var ending = cancellationToken.Register(() => LibSecret.Cancel(cancellable));
            var result = call(cancellable, out var error);
            return error == 0 ? result : throw new NativeStoreException(LibSecret.Take(error));
        }
        finally
        {
            LibSecret.Free(cancellable);
        }
    }

    private delegate nint NativeCall(nint cancellable, out nint error);
}
