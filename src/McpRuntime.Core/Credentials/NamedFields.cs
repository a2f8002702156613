using System.Collections.Concurrent;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Reads a credential whose fields are kept one by one under the names of <see cref="CredentialName"/>.
/// </summary>
internal static class NamedFields
{
    private static readonly CredentialField[] Secrets =
    [
        .. Enum.GetValues<CredentialField>().Where(field => field != CredentialField.Origins),
    ];

    // Asked for at every call; as many as the served connectors have schemes.
    private static readonly ConcurrentDictionary<(string Connector, string Scheme), string[]> KnownNames = new();

    private static readonly List<Origin> NoOrigins = [];

    // As many as operators write.
    private static readonly ConcurrentDictionary<string, List<Origin>> KnownOrigins = new(StringComparer.Ordinal);

    /// <param name="source">Where the fields are kept, for messages.</param>
    /// <param name="connector">Connector name.</param>
    /// <param name="scheme">Scheme name.</param>
    /// <param name="read">The secret kept under a name, or null.</param>
    /// <param name="plain">The text kept under a name that is not secret, or null.</param>
    /// <param name="mark"><see cref="Credential.Mark"/>.</param>
    public static Credential? Read(
        string source,
        string connector,
        string scheme,
        Func<string, Secret?> read,
        Func<string, string?> plain,
        object? mark = null
    )
    {
        Credential? credential = null;
        var names = NamesOf(connector, scheme);
        for (var i = 0; i < Secrets.Length; i++)
        {
            if (read(names[i]) is not { } secret)
                continue;
            credential ??= new Credential(source) { Origins = ReadOrigins(names[^1], plain(names[^1])), Mark = mark };
            credential.Set(Secrets[i], secret);
        }
        return credential;
    }

    /// <summary>
    /// The names under which a scheme's fields are kept: secrets in the order of <see cref="CredentialField"/>, and the
    /// origins last.
    /// </summary>
    public static string[] NamesOf(string connector, string scheme) =>
        KnownNames.GetOrAdd((connector, scheme), static key =>
            [
                .. Secrets
                    .Append(CredentialField.Origins)
                    .Select(field => CredentialName.For(key.Connector, key.Scheme, field)),
            ]
        );

    /// <summary>Whether texts are those of a credential that was read before.</summary>
    /// <param name="known">The credential; null where there was none.</param>
    /// <param name="names">Of <see cref="NamesOf"/>.</param>
    /// <param name="plain">The text kept under a name, or null.</param>
    public static bool AreSame(Credential? known, string[] names, Func<string, string?> plain)
    {
        for (var i = 0; i < Secrets.Length; i++)
        {
            var text = plain(names[i]);
            if (text is null ? known?[Secrets[i]] is not null : known?[Secrets[i]]?.Is(text) != true)
                return false;
        }
        return known is null || ReferenceEquals(known.Origins, ReadOrigins(names[^1], plain(names[^1])));
    }

    public static string Names(string connector, string scheme, IReadOnlyList<CredentialField> fields) =>
        string.Join(" and ", fields.Select(field => CredentialName.For(connector, scheme, field)));

    private static List<Origin> ReadOrigins(string name, string? text)
    {
        if (text is null)
            return NoOrigins;
        if (KnownOrigins.TryGetValue(text, out var known))
            return known;
        var origins = new List<Origin>();
        foreach (var word in text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Origin.TryParse(word, out var origin))
                throw new McpRuntimeException(
                    $"{name} holds '{word}', which is not an origin. Set it to origins such as "
                        + $"https://api.example.com, separated by spaces."
                );
            origins.Add(origin);
        }
        return KnownOrigins[text] = origins;
    }
}
