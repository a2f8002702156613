using System.Collections.ObjectModel;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Rules about the connector itself.</summary>
internal static class ConnectorRules
{
    public static void Check(FindingList findings, ConnectorManifest manifest)
    {
        if (manifest.Name.Length > 0 && ConnectorName.Explain(manifest.Name) is { } reason)
            findings.Error(ValidationRules.ConnectorName, "/connector/name", reason);
        if (manifest.Version.Length > 0 && !SemanticVersion.IsValid(manifest.Version))
        {
            findings.Add(
                ValidationRules.ConnectorVersion,
                manifest.ManifestVersion == 1 ? FindingSeverity.Warning : FindingSeverity.Error,
                "/connector/version",
                $"The version '{manifest.Version}' is not of the form MAJOR.MINOR.PATCH (SemVer 2.0), e.g. '1.0.0'."
            );
        }
        UrlRules.Check(findings, "/connector/base_url", "'base_url'", manifest.BaseUrl, manifest.ServerVariables);
        foreach (var (name, variable) in manifest.ServerVariables)
            CheckVariable(findings, name, variable);
        if (manifest.CommandPrefix is { } prefix && CommandPrefix.Explain(prefix) is { } problem)
            findings.Error(ValidationRules.CommandPrefix, "/connector/command_prefix", problem);
        UrlRules.Check(
            findings,
            "/connector/source/choices/base_url",
            "'base_url' of the choices",
            manifest.Source?.Choices.BaseUrl,
            ReadOnlyDictionary<string, ServerVariable>.Empty
        );
        if (manifest.Credentials.Account is { Tool.Length: > 0 } account && Explain(manifest, account.Tool) is { } why)
            findings.Error(ValidationRules.AccountTool, "/connector/credentials/account/tool", why);
        if (manifest.Tools.Count == 0 && manifest.Name.Length > 0)
            findings.Error(
                ValidationRules.NoTools,
                ToolContext.List,
                "The connector has no tools; add one, or remove the file."
            );
    }

    // It is called without anyone's asking, by each check of a credential.
    private static string? Explain(ConnectorManifest manifest, string name)
    {
        var tool = manifest.Tools.FirstOrDefault(tool => tool.Name == name);
        if (tool is null)
            return $"'{name}', which tells whose account a credential is, is not a tool of this connector.";
        var method = EndpointTemplate.TryParse(tool.Endpoint, out var endpoint) ? endpoint.Method : "";
        return
            method == "GET"
            && tool.Annotations is { ReadOnly: not false, Destructive: not true }
            && !NeedsArguments(tool.InputSchema.ToElement())
            ? null
            : $"'{name}', which tells whose account a credential is, has to be a GET that only reads and needs no "
                + "arguments.";
    }

    private static bool NeedsArguments(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("required", out var required)
        && required.ValueKind == JsonValueKind.Array
        && required.GetArrayLength() > 0;

    private static void CheckVariable(FindingList findings, string name, ServerVariable variable)
    {
        if (variable.Default is not { } value || variable.Enum.Count == 0 || variable.Enum.Contains(value))
            return;
        findings.Error(
            ValidationRules.ServerVariable,
            JsonPointer.Append(JsonPointer.Append("/connector/server_variables", name), "default"),
            $"The default '{value}' of the server variable '{name}' is not one of its values: "
                + $"{string.Join(", ", variable.Enum)}."
        );
    }
}
