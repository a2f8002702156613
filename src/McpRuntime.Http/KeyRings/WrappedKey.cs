using System.Security.Cryptography;
using System.Xml.Linq;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.KeyRings;

/// <summary>The element of a wrapped key: which of the operator's keys wrapped it, and what came of it.</summary>
internal static class WrappedKey
{
    public const string Element = "wrapped";

    public static XElement Of(WrappingKey key, ReadOnlySpan<byte> plain) =>
        new(Element, new XAttribute("by", key.Id), Convert.ToBase64String(key.Wrap(plain)));

    /// <summary>Id of the operator's key that wrapped it.</summary>
    public static string WrapperOf(XElement wrapped) => (string?)wrapped.Attribute("by") ?? "";

    /// <exception cref="CryptographicException">None of the operator's keys opens it.</exception>
    public static byte[] Open(XElement wrapped, KeyRingSettings settings)
    {
        var wrapper = WrapperOf(wrapped);
        var key = settings.Others.Prepend(settings.Key!).FirstOrDefault(key => key.Id == wrapper);
        return key is null
            ? throw new CryptographicException($"No key file is set whose key has the id {wrapper}.")
            : key.Unwrap(Convert.FromBase64String(wrapped.Value));
    }
}
