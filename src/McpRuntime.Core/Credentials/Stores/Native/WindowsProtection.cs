using System.Runtime.InteropServices;

namespace McpRuntime.Credentials.Stores.Native;

/// <summary>DPAPI: Windows encrypts with a key of the user's account.</summary>
internal static unsafe partial class WindowsProtection
{
    // Nothing may be shown: CRYPTPROTECT_UI_FORBIDDEN.
    private const int Silent = 1;

    public static byte[] Protect(ReadOnlySpan<byte> content) => Run(content, isProtected: false);

    /// <summary>Undoes <see cref="Protect"/>, in pinned memory that the caller clears.</summary>
    public static byte[] Unprotect(ReadOnlySpan<byte> content) => Run(content, isProtected: true);

    private static byte[] Run(ReadOnlySpan<byte> content, bool isProtected)
    {
        fixed (byte* bytes = content)
        {
            var input = new Blob { Length = content.Length, Content = bytes };
            var output = default(Blob);
            var done = isProtected
                ? UnprotectData(&input, 0, 0, 0, 0, Silent, &output)
                : ProtectData(&input, 0, 0, 0, 0, Silent, &output);
            if (done == 0)
                throw new NativeStoreException($"Windows' error {Marshal.GetLastPInvokeError()}");
            var result = GC.AllocateUninitializedArray<byte>(output.Length, pinned: true);
            var returned = new Span<byte>(output.Content, output.Length);
            returned.CopyTo(result);
            returned.Clear();
            _ = FreeLocal(output.Content);
            return result;
        }
    }

    [LibraryImport("crypt32.dll", EntryPoint = "CryptProtectData", SetLastError = true)]
    private static partial int ProtectData(
        Blob* input,
        nint description,
        nint entropy,
        nint reserved,
        nint prompt,
        int flags,
        Blob* output
    );

    [LibraryImport("crypt32.dll", EntryPoint = "CryptUnprotectData", SetLastError = true)]
    private static partial int UnprotectData(
        Blob* input,
        nint description,
        nint entropy,
        nint reserved,
        nint prompt,
        int flags,
        Blob* output
    );

    [LibraryImport("kernel32.dll", EntryPoint = "LocalFree")]
    private static partial nint FreeLocal(byte* memory);

    [StructLayout(LayoutKind.Sequential)]
    private struct Blob
    {
        public int Length;
        public byte* Content;
    }
}
