using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Http.Problems;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Http.Connectors;

/// <summary>Where the connectors of the gateway send credentials.</summary>
internal static class CredentialTargets
{
    private static readonly CredentialField[] Shown =
    [
        CredentialField.Username,
        CredentialField.ClientId,
        CredentialField.Certificate,
    ];

    /// <summary>
    /// What credentials and server variables of a connector are kept under: that of a project is found by project and
    /// name, so that it gets nothing that someone gave to the connector of that name elsewhere. No connector of the
    /// folder can have such a name.
    /// </summary>
    public static string IdentityOf(string? project, string connector) =>
        project is null ? connector : $"{project}/{connector}";

    public static IReadOnlyList<CredentialTarget> Of(ConnectorManifest manifest, string? project) =>
        CredentialTarget.Of(Named(manifest, project), Environment.GetEnvironmentVariable);

    /// <summary>Where its calls and credentials go, sorted, each once.</summary>
    public static IReadOnlyList<string> OriginsOf(ConnectorManifest manifest, string? project) =>
        [
            .. ServedOrigins
                .Of(Named(manifest, project), Environment.GetEnvironmentVariable)
                .Concat(Of(manifest, project).SelectMany(target => target.Origins))
                .Select(origin => origin.ToString())
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Writes scheme, type, fields and alternatives into an open object.</summary>
    public static void Write(Utf8JsonWriter writer, CredentialTarget target)
    {
        var alternatives = AlternativesOf(target);
        writer.WriteString("scheme"u8, target.Scheme);
        writer.WriteString("type"u8, target.Kind);
        writer.WriteStartArray("fields"u8);
        foreach (var field in FieldsOf(target))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, CredentialName.Of(field));
            writer.WriteBoolean("secret"u8, !Shown.Contains(field));
            writer.WriteBoolean("required"u8, alternatives.All(fields => fields.Contains(field)));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("alternatives"u8);
        foreach (var fields in alternatives)
        {
            writer.WriteStartArray();
            foreach (var field in fields)
                writer.WriteStringValue(CredentialName.Of(field));
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    /// <summary>
    /// The sets of fields of which any one is enough. Where people sign in, that is also the client alone, with which
    /// callers connect their accounts.
    /// </summary>
    public static IReadOnlyList<CredentialField[]> AlternativesOf(CredentialTarget target)
    {
        var alternatives = SchemeFields.Alternatives(target.Definition);
        return SchemeFields.IsForUsers(target.Definition)
            ? [.. alternatives, [CredentialField.ClientId]]
            : alternatives;
    }

    /// <summary>The fields that its credential may have.</summary>
    public static IReadOnlyList<CredentialField> FieldsOf(CredentialTarget target)
    {
        var needed = SchemeFields.Alternatives(target.Definition).SelectMany(fields => fields).Distinct().ToList();
        if (needed.Contains(CredentialField.Pkcs12))
            needed.Add(CredentialField.Passphrase);
        // A client that has a secret sends it with its refresh token, too.
        if (needed.Contains(CredentialField.RefreshToken) && !needed.Contains(CredentialField.ClientSecret))
            needed.Add(CredentialField.ClientSecret);
        return needed;
    }

    private static ConnectorManifest Named(ConnectorManifest manifest, string? project) =>
        project is null ? manifest : manifest with { Name = IdentityOf(project, manifest.Name) };
}
