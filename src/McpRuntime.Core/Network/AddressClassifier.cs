using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace McpRuntime.Network;

/// <summary>
/// Puts an address into its <see cref="AddressClass"/> by the IANA special-purpose registries (RFC 6890). Addresses
/// that carry an IPv4 address inside are judged by the inner one, because that is where the packets end.
/// </summary>
internal static class AddressClassifier
{
    /// <summary>The class of an address, whichever way it is written.</summary>
    public static AddressClass Classify(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return ClassifyV4(V4(address));
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return EmbeddedV4(bytes, out var inner) ? Stricter(ClassifyV4(inner), ClassifyV6(bytes)) : ClassifyV6(bytes);
    }

    /// <summary>
    /// The IPv4 address inside a mapped, compatible, NAT64, 6to4, Teredo or ISATAP address; else the address itself.
    /// </summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (!EmbeddedV4(bytes, out var inner))
            return address;
        Span<byte> v4 = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(v4, inner);
        return new IPAddress(v4);
    }

    private static AddressClass Stricter(AddressClass inner, AddressClass outer) =>
        inner == AddressClass.Public ? outer : inner;

    private static uint V4(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static AddressClass ClassifyV4(uint a)
    {
        // Services that are not on the link: Alibaba, Azure's wire server, Oracle's older address.
        if (a is 0x6464_64C8 or 0xA83F_8110 or 0xC000_00C0 or 0xA9FE_A9FE)
            return AddressClass.Metadata;
        return a switch
        {
            _ when In(a, 0x7F00_0000, 8) => AddressClass.Loopback,
            _ when In(a, 0xA9FE_0000, 16) => AddressClass.LinkLocal,
            _ when In(a, 0x0A00_0000, 8) || In(a, 0xAC10_0000, 12) || In(a, 0xC0A8_0000, 16) => AddressClass.Private,
            // Shared address space (RFC 6598), IETF assignments (RFC 6890), benchmarking (RFC 2544): inside networks.
            _ when In(a, 0x6440_0000, 10) || In(a, 0xC000_0000, 24) || In(a, 0xC612_0000, 15) => AddressClass.Private,
            // 0.0.0.0/8 is this machine on Linux; then documentation, the 6to4 relay, multicast, reserved and
            // broadcast.
            _ when In(a, 0, 8)
                    || In(a, 0xC000_0200, 24)
                    || In(a, 0xC633_6400, 24)
                    || In(a, 0xCB00_7100, 24)
                    || In(a, 0xC058_6300, 24)
                    || a >= 0xE000_0000 => AddressClass.Special,
            _ => AddressClass.Public,
        };
    }

    private static AddressClass ClassifyV6(ReadOnlySpan<byte> b)
    {
        if (b[..15].IndexOfAnyExcept((byte)0) < 0)
            return b[15] == 1 ? AddressClass.Loopback : AddressClass.Special;
        // fd00:ec2::254 and fd20:ce::254 are the metadata services of AWS and Google.
        if (
            b.SequenceEqual<byte>([0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54])
            || b.SequenceEqual<byte>([0xFD, 0x20, 0, 0xCE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54])
        )
            return AddressClass.Metadata;
        if (b[0] == 0xFE && (b[1] & 0xC0) == 0x80)
            return AddressClass.LinkLocal;
        // Unique local (RFC 4193), the former site-local block, and NAT64 for local use (RFC 8215).
        if (
            (b[0] & 0xFE) == 0xFC
            || (b[0] == 0xFE && (b[1] & 0xC0) == 0xC0)
            || b.StartsWith<byte>([0, 0x64, 0xFF, 0x9B, 0, 1])
        )
            return AddressClass.Private;
        // Multicast, discard-only (RFC 6666) and documentation (RFC 3849, RFC 9637).
        if (
            b[0] == 0xFF
            || b.StartsWith<byte>([1, 0, 0, 0, 0, 0, 0, 0])
            || b.StartsWith<byte>([0x20, 0x01, 0x0D, 0xB8])
            || (b[0] == 0x3F && b[1] == 0xFF && b[2] < 0x10)
        )
            return AddressClass.Special;
        return AddressClass.Public;
    }

    private static bool EmbeddedV4(ReadOnlySpan<byte> b, out uint inner)
    {
        inner = BinaryPrimitives.ReadUInt32BigEndian(b[12..]);
        if (b[..10].IndexOfAnyExcept((byte)0) < 0)
        {
            var mapped = b[10] == 0xFF && b[11] == 0xFF;
            var compatible = b[10] == 0 && b[11] == 0 && inner > 1;
            return mapped || compatible;
        }
        // ::ffff:0:a.b.c.d, translated (RFC 2765); NAT64 (RFC 6052).
        if (
            b.StartsWith<byte>([0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0])
            || b.StartsWith<byte>([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
        )
            return true;
        if (b[0] == 0x20 && b[1] == 0x02)
        {
            inner = BinaryPrimitives.ReadUInt32BigEndian(b[2..]);
            return true;
        }
        if (b.StartsWith<byte>([0x20, 0x01, 0, 0]))
        {
            // Teredo (RFC 4380 section 4) keeps the client's address inverted.
            inner = ~inner;
            return true;
        }
        // ISATAP (RFC 5214 section 6.1).
        return (b[8] & 0xFD) == 0 && b[9] == 0 && b[10] == 0x5E && b[11] == 0xFE;
    }

    private static bool In(uint address, uint network, int prefix) => (address ^ network) >> (32 - prefix) == 0;
}
