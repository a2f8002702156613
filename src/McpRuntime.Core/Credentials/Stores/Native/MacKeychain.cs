using System.Runtime.InteropServices;
using System.Text;

namespace McpRuntime.Credentials.Stores.Native;

/// <summary>The user's login keychain of macOS: one generic password a secret.</summary>
/// <param name="folder">The user's data folder.</param>
internal sealed unsafe partial class MacKeychain(string folder) : INativeStore
{
    private const string Security = "/System/Library/Frameworks/Security.framework/Security";
    private const string CoreFoundation = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation";
    private const int NotFound = -25300;

    private readonly byte[] _service = Encoding.UTF8.GetBytes($"McpRuntime {folder}");

    public string Description => "the keychain";

    public string? Explain() => null;

    public Secret? Read(string name, CancellationToken cancellationToken)
    {
        var account = Encoding.UTF8.GetBytes(name);
        byte* content;
        uint length;
        fixed (
            byte* service = _service,
                user = account
        )
        {
            var status = Find(0, (uint)_service.Length, service, (uint)account.Length, user, &length, &content, null);
            if (status == NotFound)
                return null;
            Check(status);
        }
        var secret = Secret.FromUtf8(new ReadOnlySpan<byte>(content, checked((int)length)));
        new Span<byte>(content, (int)length).Clear();
        _ = FreeContent(0, content);
        return secret;
    }

    public void Write(string name, Secret content, CancellationToken cancellationToken)
    {
        var account = Encoding.UTF8.GetBytes(name);
        var text = content.RevealUtf8();
        fixed (
            byte* service = _service,
                user = account,
                bytes = text
        )
        {
            nint item;
            var status = Find(0, (uint)_service.Length, service, (uint)account.Length, user, null, null, &item);
            if (status == NotFound)
            {
                Check(
                    Add(0, (uint)_service.Length, service, (uint)account.Length, user, (uint)text.Length, bytes, null)
                );
                return;
            }
            Check(status);
            status = Modify(item, 0, (uint)text.Length, bytes);
            Release(item);
            Check(status);
        }
    }

    public void Remove(string name, CancellationToken cancellationToken)
    {
        var account = Encoding.UTF8.GetBytes(name);
        nint item;
        fixed (
            byte* service = _service,
                user = account
        )
        {
            var status = Find(0, (uint)_service.Length, service, (uint)account.Length, user, null, null, &item);
            if (status == NotFound)
                return;
            Check(status);
        }
        var deleted = Delete(item);
        Release(item);
        Check(deleted);
    }

    // OSStatus, as 'security error CODE' explains.
    private static void Check(int status)
    {
        if (status != 0)
            throw new NativeStoreException($"the system's error {status}");
    }

    [LibraryImport(Security, EntryPoint = "SecKeychainFindGenericPassword")]
    private static partial int Find(
        nint keychain,
        uint serviceLength,
        byte* service,
        uint accountLength,
        byte* account,
        uint* length,
        byte** content,
        nint* item
    );

    [LibraryImport(Security, EntryPoint = "SecKeychainAddGenericPassword")]
    private static partial int Add(
        nint keychain,
        uint serviceLength,
        byte* service,
        uint accountLength,
        byte* account,
        uint length,
        byte* content,
        nint* item
    );

    [LibraryImport(Security, EntryPoint = "SecKeychainItemModifyAttributesAndData")]
    private static partial int Modify(nint item, nint attributes, uint length, byte* content);

    [LibraryImport(Security, EntryPoint = "SecKeychainItemDelete")]
    private static partial int Delete(nint item);

    [LibraryImport(Security, EntryPoint = "SecKeychainItemFreeContent")]
    private static partial int FreeContent(nint attributes, byte* content);

    [LibraryImport(CoreFoundation, EntryPoint = "CFRelease")]
    private static partial void Release(nint value);
}
