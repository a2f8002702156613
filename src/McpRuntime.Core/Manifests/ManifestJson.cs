using McpRuntime.Configuration;

namespace McpRuntime.Manifests;

/// <summary>The manifest as JSON, keys in the order in which people read them, defaults left out.</summary>
internal static class ManifestJson
{
    /// <summary>All but the shared schemas and the tools, which can be many.</summary>
    public static void WriteHead(ManifestJsonWriter writer, ConnectorManifest manifest)
    {
        writer.BeginObject();
        writer.Key("connector");
        writer.BeginObject();
        WriteConnector(writer, manifest);
        writer.EndObject();
        writer.EndObject();
    }

    /// <summary>The members of a <c>limits</c> object, if there are any.</summary>
    public static void WriteLimits(ManifestJsonWriter writer, CallLimits limits)
    {
        if (limits == CallLimits.None)
            return;
        writer.Key("limits");
        writer.BeginObject();
        writer.Member("timeout_seconds", limits.TimeoutSeconds);
        writer.Member("max_attempts", limits.MaxAttempts);
        writer.Member("retry_unsafe", limits.RetryUnsafe);
        writer.Member("requests_per_minute", limits.RequestsPerMinute);
        writer.Member("max_concurrency", limits.MaxConcurrency);
        writer.Member("max_response_bytes", limits.MaxResponseBytes);
        writer.EndObject();
    }

    /// <summary>The members of an <c>answer</c> object, if there are any.</summary>
    public static void WriteAnswer(ManifestJsonWriter writer, AnswerRules answer)
    {
        if (answer == AnswerRules.None)
            return;
        writer.Key("answer");
        writer.BeginObject();
        writer.Member("select", answer.Select);
        writer.Member("drop", answer.Drop);
        writer.Member("budget", answer.Budget);
        writer.Member("options", answer.Options);
        writer.EndObject();
    }

    public static void WriteArgumentCheck(ManifestJsonWriter writer, ArgumentCheck? check)
    {
        if (check is { } level)
            writer.Member("argument_check", ManifestWords.ArgumentChecks[(int)level]);
    }

    private static void WriteConnector(ManifestJsonWriter writer, ConnectorManifest manifest)
    {
        if (manifest.ManifestVersion > 1)
            writer.Member("manifest_version", manifest.ManifestVersion);
        writer.Member("name", manifest.Name);
        writer.Member("version", manifest.Version);
        writer.Member("title", manifest.Title);
        writer.Member("description", manifest.Description);
        writer.Member("base_url", manifest.BaseUrl);
        WriteServerVariables(writer, manifest);
        WriteServers(writer, manifest);
        WriteSource(writer, manifest.Source);
        SecurityJson.WriteSchemes(writer, manifest.SecuritySchemes);
        if (manifest.Security.Count > 0)
            SecurityJson.WriteRequirements(writer, manifest.Security);
        CredentialChoicesJson.Write(writer, manifest.Credentials);
        WriteLimits(writer, manifest.Limits);
        WriteAnswer(writer, manifest.Answer);
        writer.Flag("cache", manifest.Cache);
        writer.Member("command_prefix", manifest.CommandPrefix);
        WriteArgumentCheck(writer, manifest.ArgumentCheck);
    }

    private static void WriteServerVariables(ManifestJsonWriter writer, ConnectorManifest manifest)
    {
        if (manifest.ServerVariables.Count == 0)
            return;
        writer.Key("server_variables");
        writer.BeginObject();
        foreach (var (name, variable) in manifest.ServerVariables)
        {
            writer.Key(name);
            writer.BeginObject();
            writer.Member("default", variable.Default);
            writer.Member("enum", variable.Enum);
            writer.Member("description", variable.Description);
            writer.EndObject();
        }
        writer.EndObject();
    }

    private static void WriteServers(ManifestJsonWriter writer, ConnectorManifest manifest)
    {
        if (manifest.Servers.Count == 0)
            return;
        writer.Key("servers");
        writer.BeginArray();
        foreach (var server in manifest.Servers)
        {
            writer.BeginObject();
            writer.Member("url", server.Url);
            writer.Member("description", server.Description);
            writer.EndObject();
        }
        writer.EndArray();
    }

    private static void WriteSource(ManifestJsonWriter writer, ManifestSource? source)
    {
        if (source is null)
            return;
        writer.Key("source");
        writer.BeginObject();
        writer.Member("location", source.Location);
        writer.Member("sha256", source.Sha256);
        writer.Member("openapi", source.OpenApi);
        ChoicesJson.Write(writer, source.Choices);
        writer.EndObject();
    }
}
