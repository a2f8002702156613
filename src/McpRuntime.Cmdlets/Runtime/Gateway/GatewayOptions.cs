using McpRuntime.Cmdlets.Processes;
using McpRuntime.Configuration;

namespace McpRuntime.Cmdlets.Runtime.Gateway;

/// <summary>What a gateway serves, and where.</summary>
internal sealed record GatewayOptions
{
    public required RuntimeSettings Settings { get; init; }

    /// <summary>Port, 0 for any free one; null for the one of the settings.</summary>
    public int? Port { get; init; }

    /// <summary>IP address to listen on; null for the one of the settings.</summary>
    public string? ListenAddress { get; init; }

    /// <summary>Name of the project whose tools are served at the endpoint; null for the connectors folder's.</summary>
    public string? Project { get; init; }

    /// <summary>Command line of the gateway; no secret is on it.</summary>
    public IReadOnlyList<string> Arguments(string assembly)
    {
        List<string> arguments = [assembly, "--parent", "--connectors", Settings.ConnectorsFolder];
        if (Port is { } port)
            arguments.AddRange(["--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        if (ListenAddress is not null)
            arguments.AddRange(["--host", ListenAddress]);
        return arguments;
    }

    /// <summary>
    /// Changes the variables that the gateway inherits: it asks for credentials, and gets none this way.
    /// </summary>
    public void Apply(IDictionary<string, string?> environment)
    {
        // The gateway can use the user's vault. Other accounts of the machine must not, whatever a profile set.
        environment["MCP_RUNTIME_AUTHENTICATION"] = "required";
        SecretVariables.Remove(environment);
        // A path is not secret.
        if (Settings.CredentialsFolder is { } folder)
            environment["MCP_RUNTIME_CREDENTIALS_DIR"] = folder;
        if (!Settings.Profiles.Equals(ProfileChoice.None))
            environment["MCP_RUNTIME_PROFILE"] = Settings.Profiles.ToString();
        environment["MCP_RUNTIME_HOT_RELOAD"] = Settings.HotReload ? "true" : "false";
    }
}
