namespace McpRuntime.Network;

/// <summary>
/// What an address reaches, from the point of view of someone who must not be tricked into calling it.
/// </summary>
internal enum AddressClass
{
    /// <summary>Globally reachable; every connector may call it.</summary>
    Public,

    /// <summary>A private network (RFC 1918, RFC 4193), shared address space (RFC 6598) or the like.</summary>
    Private,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>The local link (RFC 3927, RFC 4291), where clouds keep their services.</summary>
    LinkLocal,

    /// <summary>A cloud's metadata service, which hands out the machine's credentials.</summary>
    Metadata,

    /// <summary>Multicast, broadcast, unspecified, documentation and reserved addresses: no API is there.</summary>
    Special,
}
