using System.Text.Json;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Network;

namespace McpRuntime.Stdio.Credentials;

/// <summary>One look at the credentials.</summary>
internal sealed class CredentialsRun(Terminal terminal, RuntimeSettings settings)
{
    public string? Connector { get; init; }

    public bool Checks { get; init; }

    public OutputFormat Format { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ConnectorFolder.LoadAsync(settings, cancellationToken);
        await FindingsText.WriteAsync(
            terminal,
            snapshot.Findings.Where(finding => finding.Severity == FindingSeverity.Error)
        );
        var chosen = snapshot
            .Connectors.Where(loaded => Connector is null || loaded.Manifest.Name == Connector)
            .ToList();
        if (Connector is not null && chosen.Count == 0)
        {
            await terminal.WriteErrorAsync($"There is no connector '{Connector}' in {settings.ConnectorsFolder}.");
            return ExitCode.Failed;
        }
        using var http = new GuardedHttp(settings.ExtraRoots);
        using var sources = new ConsoleSources(settings);
        var approvals = new ApprovalStore(settings.DataFolder);
        using var overview = new CredentialOverview(settings, http, approvals, sources.All);
        using var caller = new ToolCaller(settings, http, approvals, sources.All);
        var accounts = new AccountCall(caller);
        var found = new List<(string Connector, IReadOnlyList<SchemeStatus> Schemes)>();
        foreach (var loaded in chosen)
        {
            var schemes = await overview.ReadAsync(loaded.Manifest, Checks, cancellationToken);
            if (Checks)
                schemes = await accounts.AskAsync(loaded.Manifest, schemes, cancellationToken);
            found.Add((loaded.Manifest.Name, schemes));
        }
        if (Format == OutputFormat.Json)
            await JsonOutput.WriteAsync(writer => WriteJson(writer, found), cancellationToken);
        else
            await WriteTextAsync(found);
        return Checks && found.Any(entry => entry.Schemes.Any(scheme => scheme.Problem is not null))
            ? ExitCode.Failed
            : ExitCode.Good;
    }

    private static void WriteJson(
        Utf8JsonWriter writer,
        List<(string Connector, IReadOnlyList<SchemeStatus> Schemes)> found
    )
    {
        writer.WriteStartObject();
        writer.WriteStartArray("credentials");
        foreach (var (connector, schemes) in found)
        {
            foreach (var status in schemes)
            {
                writer.WriteStartObject();
                writer.WriteString("connector", connector);
                writer.WriteString("scheme", status.Scheme);
                writer.WriteString("kind", status.Kind);
                writer.WriteString("profile", status.Profile);
                writer.WriteString("source", status.Source);
                writer.WriteBoolean("sign_in", status.IsSignIn);
                writer.WriteString("account", status.Account);
                if (status.ExpiresAt is { } end)
                    writer.WriteString("expires_at", end);
                else
                    writer.WriteNull("expires_at");
                Write(writer, "scopes", status.GrantedScopes);
                Write(writer, "missing_scopes", status.MissingScopes);
                writer.WriteStartArray("fields");
                foreach (var field in status.Fields)
                    writer.WriteStringValue(CredentialName.Of(field));
                writer.WriteEndArray();
                writer.WriteStartArray("origins");
                foreach (var origin in status.Origins)
                    writer.WriteStringValue(origin.ToString());
                writer.WriteEndArray();
                if (status.IsAccepted is { } accepted)
                    writer.WriteBoolean("accepted", accepted);
                else
                    writer.WriteNull("accepted");
                writer.WriteString("problem", status.Problem);
                writer.WriteEndObject();
            }
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private async Task WriteTextAsync(List<(string Connector, IReadOnlyList<SchemeStatus> Schemes)> found)
    {
        foreach (var (connector, schemes) in found)
        {
            await terminal.Out.WriteLineAsync(terminal.OnOut(Colour.Bold, connector));
            if (schemes.Count == 0)
                await terminal.Out.WriteLineAsync("  No tool needs a credential.");
            foreach (var status in schemes)
                await terminal.Out.WriteLineAsync(UntrustedText.ForTerminal(Line(status), keepLines: true));
        }
    }

    private static string Line(SchemeStatus status)
    {
        var profile = status.Profile == CredentialKey.DefaultProfile ? "" : $", profile '{status.Profile}'";
        var line = $"  {status.Scheme} ({status.Kind}{profile}): ";
        if (status.Source is not null)
        {
            var origins = status.Origins.Count == 0 ? "no approved origin" : string.Join(", ", status.Origins);
            line +=
                $"{What(status)} from {status.Source}, for {origins}"
                + $"{(status.IsAccepted == true ? "; accepted by its token endpoint" : "")}"
                + $"{End(status)}. ";
            if (status.GrantedScopes.Count > 0)
                line += $"Scopes: {string.Join(" ", status.GrantedScopes)}. ";
            if (status.MissingScopes.Count > 0)
                line += $"Not granted, though tools need them: {string.Join(" ", status.MissingScopes)}. ";
        }
        return (line + status.Problem).TrimEnd();
    }

    private static string End(SchemeStatus status) =>
        status.ExpiresAt is not { } end ? ""
        : status.IsSignIn ? $"; its access token ends on {end.ToLocalTime():g}"
        : $"; expires on {end.ToLocalTime():g}";

    private static string What(SchemeStatus status) =>
        (status.IsSignIn ? "sign-in" : string.Join(" and ", status.Fields.Select(CredentialName.Of)))
        + (status.Account is null ? "" : $" of {status.Account}");
}
