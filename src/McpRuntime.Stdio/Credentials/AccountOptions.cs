using System.CommandLine;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Stdio.Completion;

namespace McpRuntime.Stdio.Credentials;

/// <summary>Which credential of a connector a command means.</summary>
internal static class AccountOptions
{
    public static Argument<string> Connector() =>
        new("CONNECTOR")
        {
            Description = "Name of a connector.",
            HelpName = "CONNECTOR",
            CompletionSources = { KnownNames.Connectors },
        };

    public static Option<string> Profile()
    {
        var option = new Option<string>("--profile")
        {
            Description = "Name for one of several accounts. Default: MCP_RUNTIME_PROFILE, else default.",
            HelpName = "NAME",
            CompletionSources = { KnownNames.Profiles },
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., var token] && !ProfileChoice.IsName(token.Value))
                result.AddError($"--profile is 1 to 64 letters, digits, '-', '_', '.' and '@', not '{token.Value}'.");
        });
        return option;
    }

    public static Option<string> Scheme() =>
        new("--scheme")
        {
            Description = "Security scheme of the manifest. Required where several fit.",
            HelpName = "NAME",
            CompletionSources = { KnownNames.Schemes },
        };

    /// <summary>The profile that a command means.</summary>
    public static string ProfileOf(string? chosen, string connector, RuntimeSettings settings) =>
        chosen ?? settings.Profiles.Of(connector) ?? CredentialKey.DefaultProfile;
}
