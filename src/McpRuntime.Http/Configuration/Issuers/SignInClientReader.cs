using McpRuntime.Configuration;
using McpRuntime.Credentials;

namespace McpRuntime.Http.Configuration.Issuers;

/// <summary>Reads <c>SIGN_IN_*</c>: the client of the issuer in JWT_AUTHORITY.</summary>
internal static class SignInClientReader
{
    /// <summary>
    /// Client of the gateway at the issuer in <c>JWT_AUTHORITY</c>, with which people sign in on the gateway's pages.
    /// Its redirect URI is <c>PUBLIC_URL</c> with /sign-in/callback.
    /// </summary>
    /// <setting name="SIGN_IN_CLIENT_ID" values="text" otherwise="none"/>
    private const string Id = "SIGN_IN_CLIENT_ID";

    /// <summary>File with the client's secret.</summary>
    /// <setting
    ///   name="SIGN_IN_CLIENT_SECRET_FILE"
    ///   values="a file"
    ///   otherwise="none; a public client, which PKCE protects"
    /// />
    private const string SecretFile = "SIGN_IN_CLIENT_SECRET_FILE";

    /// <summary>Scopes that a sign-in asks for; openid is always among them.</summary>
    /// <setting
    ///   name="SIGN_IN_SCOPES"
    ///   values="scopes, as a JSON list or separated by commas"
    ///   default="openid,profile,email"
    /// />
    private const string Scopes = "SIGN_IN_SCOPES";

    /// <summary>The client; null for none.</summary>
    /// <param name="values">The settings.</param>
    /// <param name="hasAuthority">There is an issuer to sign in at.</param>
    public static SignInClient? Read(SettingValues values, bool hasAuthority)
    {
        if (values.Text(Id) is not { } id)
        {
            foreach (var name in new[] { SecretFile, Scopes }.Where(name => values.Text(name) is not null))
                values.Object($"{SettingValues.Prefix}{name} is set without {SettingValues.Prefix}{Id}.");
            return null;
        }
        if (!hasAuthority)
            values.Object(
                $"{SettingValues.Prefix}{Id} is set without {SettingValues.Prefix}JWT_AUTHORITY, which names the "
                    + "issuer where people sign in."
            );
        return new SignInClient(id, ReadSecret(values), SignInClient.ScopesOf(values.List(Scopes)));
    }

    private static Secret? ReadSecret(SettingValues values)
    {
        if (values.Text(SecretFile) is not { } path)
            return null;
        if (SecretTextFile.Fault(path, out var secret) is { } fault)
            values.Object($"{SettingValues.Prefix}{SecretFile} names '{path}', {fault}");
        return secret;
    }
}
