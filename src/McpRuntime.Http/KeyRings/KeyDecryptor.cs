using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using McpRuntime.Http.Configuration;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace McpRuntime.Http.KeyRings;

/// <summary>Opens what <see cref="KeyEncryptor"/> wrapped; the ring names it in its keys and makes it.</summary>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = WrappedKey.Open(encryptedElement, services.GetRequiredService<GatewaySettings>().KeyRing);
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
