using System.Collections.Concurrent;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>Reads a credential whose fields are kept one by one under the names of <see cref="CredentialName"/>.</summary>
internal static class NamedFields
{
    private static readonly CredentialField[] Secrets =
    [
        CredentialField.Value, CredentialField.Username, CredentialField.Password, CredentialField.Token,
        CredentialField.ClientId, CredentialField.ClientSecret,
    ];

    // Asked for at every call; as many as the served connectors have schemes.
    private static readonly ConcurrentDictionary<(string Connector, string Scheme), string[]> KnownNames = new();

    /// <param name="source">Where the fields are kept, for messages.</param>
    /// <param name="connector">Connector name.</param>
    /// <param name="scheme">Scheme name.</param>
    /// <param name="read">The value kept under a name, or null.</param>
    public static Credential? Read(string source, string connector, string scheme, Func<string, Secret?> read)
    {
        Credential? credential = null;
        var names = KnownNames.GetOrAdd((connector, scheme), static key => [.. Secrets.Select(field => CredentialName.For(key.Connector, key.Scheme, field))]);
        for (var i = 0; i < Secrets.Length; i++)
        {
            if (read(names[i]) is not { } secret)
                continue;
            credential ??= new Credential(source) { Origins = ReadOrigins(connector, scheme, read) };
            credential.Set(Secrets[i], secret);
        }
        return credential;
    }

    public static string Names(string connector, string scheme, IReadOnlyList<CredentialField> fields) =>
        string.Join(" and ", fields.Select(field => CredentialName.For(connector, scheme, field)));

    private static List<Origin> ReadOrigins(string connector, string scheme, Func<string, Secret?> read)
    {
        var name = CredentialName.For(connector, scheme, CredentialField.Origins);
        var origins = new List<Origin>();
        using var text = read(name);
        foreach (var word in text?.Reveal().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (!Origin.TryParse(word, out var origin))
                throw new McpRuntimeException($"{name} holds '{word}', which is no origin. Set it to origins such as https://api.example.com, separated by spaces.");
            origins.Add(origin.Value);
        }
        return origins;
    }
}
