using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>Whether a credential can be sent at all, as far as that shows without sending it.</summary>
public static class SchemeCheck
{
    /// <param name="name">Name of the scheme, for messages.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="credential">Has the fields that the scheme needs; not disposed.</param>
    /// <returns>Null where it can; else why not, without anything of it.</returns>
    public static string? Explain(string name, SecurityScheme scheme, Credential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        if (scheme is MutualTlsScheme)
        {
            try
            {
                ClientCertificateReader.Read("this connector", name, credential);
                return null;
            }
            catch (CallException refused)
            {
                return refused.Message;
            }
        }
        // A header or a form would be another one with such a character in it.
        return credential.Secrets().Any(secret => secret.RevealUtf8().IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
            ? $"The credential '{name}' contains a line break or another control character."
            : null;
    }
}
