using System.Text;
using System.Xml.Linq;
using McpRuntime.Http.Configuration;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace McpRuntime.Http.KeyRings;

/// <summary>Wraps keys of the ring by the operator's key.</summary>
internal sealed class KeyEncryptor(GatewaySettings settings) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(
            WrappedKey.Of(settings.KeyRing.Key!, Encoding.UTF8.GetBytes(plaintextElement.ToString())),
            typeof(KeyDecryptor)
        );
}
