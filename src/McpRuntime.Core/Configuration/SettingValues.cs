using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace McpRuntime.Configuration;

/// <summary>
/// Reads single <c>MCP_RUNTIME_*</c> variables and collects what is wrong with them, so that one start shows every
/// mistake. An empty value counts as absent: container and service files often set variables to nothing.
/// </summary>
public sealed class SettingValues(Func<string, string?> variable)
{
    /// <summary>Every variable starts so.</summary>
    public const string Prefix = "MCP_RUNTIME_";

    private readonly List<string> _problems = [];

    /// <summary>One sentence a wrong value, so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The trimmed value; null where it is absent or empty.</summary>
    public string? Text(string name) =>
        variable(Prefix + name) is { } value && value.Trim() is { Length: > 0 } text ? text : null;

    public bool Flag(string name, bool otherwise) =>
        Text(name)?.ToLowerInvariant() switch
        {
            null => otherwise,
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => Refuse(name, "true or false", otherwise),
        };

    public long Whole(string name, long otherwise, long least, long most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
            ? value
            : Refuse(
                name,
                string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
                otherwise
            );
    }

    public TimeSpan Seconds(string name, TimeSpan otherwise, double most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value > 0
            && value <= most
            ? TimeSpan.FromSeconds(value)
            : Refuse(
                name,
                string.Create(CultureInfo.InvariantCulture, $"seconds above 0 and up to {most}, e.g. 30 or 2.5"),
                otherwise
            );
    }

    /// <summary>The one of the words that the value is, in any case; null where it is absent or another.</summary>
    public string? OneOf(string name, params string[] words)
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return word;
        }
        return Refuse<string?>(name, "one of " + string.Join(", ", words), null);
    }

    public string Folder(string name, string otherwise) => Text(name) is { } path ? Path.GetFullPath(path) : otherwise;

    /// <summary>CIDR networks, either as a JSON list or separated by commas or spaces.</summary>
    public ProfileChoice Profiles(string name)
    {
        try
        {
            return ProfileChoice.Parse(Text(name));
        }
        catch (FormatException)
        {
            return Refuse(
                name,
                "a profile, e.g. work, or one per connector, e.g. box=work,github=me",
                ProfileChoice.None
            );
        }
    }

    public IReadOnlyList<IPNetwork> Networks(string name)
    {
        const string Allowed = "networks in CIDR form, e.g. 10.0.0.0/8, fd00::/8 or [\"10.0.0.0/8\"]";
        if (Text(name) is not { } text)
            return [];
        if (Words(text) is not { } words)
            return Refuse<IReadOnlyList<IPNetwork>>(name, Allowed, []);
        var networks = new List<IPNetwork>(words.Count);
        foreach (var word in words)
        {
            if (IPNetwork.TryParse(word, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(word, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return Refuse<IReadOnlyList<IPNetwork>>(name, Allowed, []);
        }
        return networks;
    }

    /// <summary>The certificates of a PEM file; null where none is named.</summary>
    public X509Certificate2Collection? Certificates(string name)
    {
        const string Allowed = "the path of a file with certificates in PEM form (BEGIN CERTIFICATE)";
        if (Text(name) is not { } path)
            return null;
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(path);
            return certificates.Count > 0 ? certificates : Refuse<X509Certificate2Collection?>(name, Allowed, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Refuse<X509Certificate2Collection?>(
                name,
                $"{Allowed}, and this one cannot be read ({error.Message.TrimEnd('.')})",
                null
            );
        }
    }

    /// <summary>Words, either as a JSON list or separated by commas or spaces.</summary>
    public IReadOnlyList<string> List(string name)
    {
        if (Text(name) is not { } text)
            return [];
        return Words(text)
            ?? Refuse<IReadOnlyList<string>>(name, "a JSON list, e.g. [\"a\",\"b\"], or words separated by commas", []);
    }

    /// <summary>Adds a sentence about a value that is well-formed but does not fit the others.</summary>
    public void Object(string problem) => _problems.Add(problem);

    private static List<string>? Words(string text)
    {
        if (text[0] != '[')
            return [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        try
        {
            using var list = JsonDocument.Parse(text);
            var words = new List<string>();
            foreach (var item in list.RootElement.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.String)
                    return null;
                words.Add(item.GetString()!);
            }
            return words;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Notes that the value of a variable cannot be used.</summary>
    /// <param name="name">Without the prefix.</param>
    /// <param name="allowed">What it takes, to follow "it takes".</param>
    /// <param name="otherwise">Returned, so that reading goes on and finds the other mistakes.</param>
    public T Refuse<T>(string name, string allowed, T otherwise)
    {
        _problems.Add($"{Prefix}{name} is '{Text(name)}'; expected {allowed}.");
        return otherwise;
    }
}
