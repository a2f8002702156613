using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>Where a secret goes in a request.</summary>
/// <param name="In">Header, Query or Cookie.</param>
/// <param name="Name">Name of the header, query parameter or cookie.</param>
/// <param name="Prefix">A word before the secret, with one space between; null for none.</param>
/// <param name="Value">What is sent.</param>
internal sealed record CredentialUse(ArgumentLocation In, string Name, string? Prefix, Secret Value)
{
    /// <summary>The field Authorization (RFC 9110 section 11.6.2).</summary>
    public static CredentialUse Authorization(string word, Secret value) =>
        new(ArgumentLocation.Header, "Authorization", word, value);

    /// <summary>The text for the wire; never keep it.</summary>
    public string Text() => Prefix is null ? Value.Reveal() : $"{Prefix} {Value.Reveal()}";
}
