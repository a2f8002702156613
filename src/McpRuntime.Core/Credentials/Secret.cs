using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Credentials;

/// <summary>
/// A secret value. It never prints itself, no debugger view or log shows it, and its memory is cleared when it is
/// disposed. The memory is pinned, so that the garbage collector leaves no copies behind.
/// </summary>
public sealed class Secret : IDisposable
{
    private readonly byte[] _utf8;

    public Secret(ReadOnlySpan<char> text)
    {
        _utf8 = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
        Encoding.UTF8.GetBytes(text, _utf8);
    }

    private Secret(ReadOnlySpan<byte> utf8)
    {
        _utf8 = GC.AllocateUninitializedArray<byte>(utf8.Length, pinned: true);
        utf8.CopyTo(_utf8);
    }

    public bool IsEmpty => _utf8.Length == 0;

    public static Secret FromUtf8(ReadOnlySpan<byte> utf8) => new(utf8);

    /// <summary>The value, for the one moment in which it is written to a request. Never keep the result.</summary>
    public string Reveal() => Encoding.UTF8.GetString(_utf8);

    /// <summary>The bytes of the value; they are zero after <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> RevealUtf8() => _utf8;

    public void Dispose() => CryptographicOperations.ZeroMemory(_utf8);

    /// <summary>Whether it has this value.</summary>
    public bool Is(ReadOnlySpan<char> text)
    {
        // No comparison of what a stranger sent, so its time tells no one anything.
        if (Encoding.UTF8.GetMaxByteCount(text.Length) <= 512)
        {
            Span<byte> utf8 = stackalloc byte[512];
            return _utf8.AsSpan().SequenceEqual(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        }
        return _utf8.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text.ToArray()));
    }

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";
}
