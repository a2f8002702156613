using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Which scheme of a connector a credential is for.</summary>
internal static class SchemeChoice
{
    /// <summary>The scheme that was named, or else the only one that takes such a credential.</summary>
    /// <param name="manifest">The connector.</param>
    /// <param name="named">What the person said; null for nothing.</param>
    /// <param name="fits">Says whether a scheme takes the credential.</param>
    /// <exception cref="VaultException">There is none, or more than one.</exception>
    public static string Choose(ConnectorManifest manifest, string? named, Func<SecurityScheme, bool> fits)
    {
        var schemes = ConnectorSchemes.Of(manifest);
        var fitting = schemes.Where(scheme => fits(scheme.Value)).Select(scheme => scheme.Key).ToList();
        if (named is not null)
        {
            if (!schemes.TryGetValue(named, out var scheme))
                throw NotFound(manifest, schemes, $"There is no security scheme '{named}'");
            if (!fits(scheme))
                throw NotFound(
                    manifest,
                    schemes,
                    $"The security scheme '{named}' is {SchemeFields.Describe(scheme)} and takes another kind "
                        + $"of credential"
                );
            return named;
        }
        return fitting switch
        {
            [var only] => only,
            [] => throw NotFound(manifest, schemes, "No security scheme takes this kind of credential"),
            _ => throw new VaultException(
                ErrorId.SecuritySchemeAmbiguous,
                ErrorCategory.InvalidArgument,
                $"Several security schemes of '{manifest.Name}' take this kind of credential: "
                    + $"{string.Join(", ", fitting)}. Name one with -SecurityScheme."
            ),
        };
    }

    private static VaultException NotFound(
        ConnectorManifest manifest,
        IReadOnlyDictionary<string, SecurityScheme> schemes,
        string what
    )
    {
        var there =
            schemes.Count == 0
                ? "Its manifest has none: describe the credential, e.g. -ApiKey … -KeyName X-Api-Key, "
                    + "-BearerToken … or -Credential …."
                : $"Its manifest has {string.Join(", ", schemes.Select(Describe))}.";
        return new VaultException(
            ErrorId.SecuritySchemeNotFound,
            ErrorCategory.ObjectNotFound,
            $"{what} of '{manifest.Name}'. {there}"
        );
    }

    private static string Describe(KeyValuePair<string, SecurityScheme> scheme) =>
        $"{scheme.Key} ({SchemeFields.Describe(scheme.Value)})";
}
