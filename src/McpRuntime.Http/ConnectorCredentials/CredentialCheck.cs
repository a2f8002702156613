using McpRuntime.Credentials;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;
using McpRuntime.Network;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>What a caller gives has to fit the scheme and what the caller saw; no message shows a value.</summary>
internal static class CredentialCheck
{
    /// <exception cref="ProblemException">422: what is wrong with the fields.</exception>
    public static void CheckFields(CredentialTarget target, IReadOnlyDictionary<CredentialField, Secret> fields)
    {
        var known = CredentialTargets.FieldsOf(target);
        var foreign = fields.Keys.Except(known).Select(CredentialName.Of).ToList();
        if (foreign.Count > 0 || known.Count == 0)
            throw Wrong(
                known.Count == 0
                    ? $"The scheme '{target.Scheme}' ({target.Kind}) cannot be used by this version."
                    : $"'fields' has {string.Join(", ", foreign)}; the scheme '{target.Scheme}' ({target.Kind}) takes "
                        + $"{string.Join(", ", known.Select(CredentialName.Of))}."
            );
        // Only looked at: its secrets are the body's.
        var credential = new Credential("the request", fields);
        var isComplete = CredentialTargets
            .AlternativesOf(target)
            .Any(needed =>
                needed.All(field =>
                    credential[field] is { } secret && (field == CredentialField.Password || !secret.IsEmpty)
                )
            );
        if (!isComplete && SchemeFields.Satisfied(target.Definition, credential) is null)
            throw Wrong(
                $"'fields' is incomplete: the scheme '{target.Scheme}' ({target.Kind}) needs "
                    + $"{Ways(CredentialTargets.AlternativesOf(target))}, none of them empty."
            );
        if (SchemeCheck.Explain(target.Scheme, target.Definition, credential) is { } problem)
            throw Wrong(problem);
    }

    /// <summary>
    /// The origins that the caller confirmed are those of the manifest as it is now: not one that was changed since it
    /// was shown. The provider of people's sign-ins may have endpoints elsewhere, which no manifest shows.
    /// </summary>
    /// <exception cref="ProblemException">422.</exception>
    public static void CheckOrigins(CredentialTarget target, IReadOnlyList<Origin>? confirmed)
    {
        var unsafeOnes = target.Origins.Where(origin => !origin.MayCarryCredentials).ToList();
        if (unsafeOnes.Count > 0)
            throw Wrong(
                $"The manifest would send it over plain http to {string.Join(", ", unsafeOnes)}, where anyone on the "
                    + "network can read it. Use https in the manifest."
            );
        if (target.Problems.Count > 0)
            throw Wrong($"Not every server of the manifest is known: {string.Join(" ", target.Problems)}");
        var missing = target.Origins.Except(confirmed ?? []).ToList();
        var further = (confirmed ?? []).Except(target.Origins).ToList();
        var areAllowed =
            SchemeFields.IsForUsers(target.Definition) && further.TrueForAll(origin => origin.MayCarryCredentials);
        if (missing.Count > 0 || (further.Count > 0 && !areAllowed))
            throw new ProblemException(
                new(
                    422,
                    "origins-not-confirmed",
                    "The origins are not those of the manifest",
                    $"'origins' must be {string.Join(", ", target.Origins)}: there the manifest sends the credential "
                        + "now. Read GET /v1/credentials again, and confirm only what is right."
                )
            );
    }

    private static string Ways(IEnumerable<CredentialField[]> alternatives) =>
        string.Join(", or ", alternatives.Select(fields => string.Join(" and ", fields.Select(CredentialName.Of))));

    private static ProblemException Wrong(string detail) =>
        new(new(422, "invalid-credential", "The credential does not fit", detail));
}
