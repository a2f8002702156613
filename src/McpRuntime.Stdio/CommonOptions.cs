using System.CommandLine;
using System.CommandLine.Parsing;
using McpRuntime.Configuration;
using McpRuntime.Stdio.Completion;

namespace McpRuntime.Stdio;

/// <summary>How a command reports.</summary>
internal enum OutputFormat
{
    Text,
    Json,

    /// <summary>SARIF 2.1.0, which code scanning of GitHub and others reads.</summary>
    Sarif,
}

/// <summary>Options that several commands share, under one name and with one meaning.</summary>
internal static class CommonOptions
{
    public static Option<string> Connectors() =>
        new("--connectors")
        {
            Description = "Folder of the manifests. Default: MCP_RUNTIME_CONNECTORS_DIR, else the user's data folder.",
            HelpName = "DIR",
        };

    public static Option<OutputFormat> Format() => Format(["text", "json"]);

    /// <summary>For commands that report findings.</summary>
    public static Option<OutputFormat> ReportFormat() => Format(["text", "json", "sarif"]);

    /// <summary>SARIF is asked for. By its word, since the value of a wrong one cannot be read.</summary>
    public static bool IsSarif(CommandResult command, Option<OutputFormat> format) =>
        command.GetResult(format)?.Tokens is [.., { Value: "sarif" }];

    private static Option<OutputFormat> Format(string[] words) =>
        new("--format")
        {
            Description = "Output format.",
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var value = result.Tokens[^1].Value;
                var format = Array.IndexOf(words, value);
                if (format < 0)
                    result.AddError($"--format is {Listed(words)}, not '{value}'.");
                return (OutputFormat)Math.Max(format, 0);
            },
        };

    public static Option<string> Expose() =>
        Choice(
            "--expose",
            "What clients see: all tools, tools that search and call them, or what fits their number. "
                + "Default: MCP_RUNTIME_EXPOSE, else auto.",
            ["all", "search", "auto"]
        );

    /// <summary>What a value of <see cref="Expose"/> means; null for none.</summary>
    public static ToolExposure? Exposure(string? value) =>
        value switch
        {
            "all" => ToolExposure.All,
            "search" => ToolExposure.Search,
            "auto" => ToolExposure.Auto,
            _ => null,
        };

    public static Option<string> SchemaProfile() =>
        Choice(
            "--schema-profile",
            "Dialect of listed input schemas: JSON Schema, OpenAI's functions or Gemini's functions. "
                + "Default: MCP_RUNTIME_SCHEMA_PROFILE, else full.",
            ["full", "plain", "gemini"]
        );

    /// <summary>What a value of <see cref="SchemaProfile"/> means; null for none.</summary>
    public static SchemaProfile? SchemaProfileOf(string? value) =>
        value switch
        {
            "full" => Configuration.SchemaProfile.Full,
            "plain" => Configuration.SchemaProfile.Plain,
            "gemini" => Configuration.SchemaProfile.Gemini,
            _ => null,
        };

    // Of text: an option of a type of our own is compiled at every start of a server.
    public static Option<string> Choice(string name, string description, string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words) };
        option.Validators.Add(result =>
        {
            var value = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            if (Array.IndexOf(words, value) < 0)
                result.AddError($"{name} is {Listed(words)}, not '{value}'.");
        });
        return option;
    }

    private static string Listed(string[] words) =>
        $"{string.Join(", ", words[..^1].Select(word => $"'{word}'"))} or '{words[^1]}'";

    /// <summary>An option that may come more than once and takes one or more values each time.</summary>
    public static Option<string[]> Many(string name, string helpName, string description, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };

    /// <summary>The file that makes starts with a lock fast.</summary>
    public static Option<string> LockStart(string description) =>
        new("--lock-start") { Description = description + " Default: MCP_RUNTIME_LOCK_START.", HelpName = "FILE" };

    /// <summary>Which of several accounts is used.</summary>
    public static Option<ProfileChoice?> Profile() =>
        new("--profile")
        {
            Description =
                "Which of several accounts to use: a name for all connectors, or box=work,github=me. "
                + "Default: MCP_RUNTIME_PROFILE, else the manifest's.",
            HelpName = "NAME|CONNECTOR=NAME",
            CustomParser = result =>
            {
                try
                {
                    return ProfileChoice.Parse(result.Tokens[^1].Value);
                }
                catch (FormatException error)
                {
                    result.AddError($"--profile: {error.Message}");
                    return null;
                }
            },
            CompletionSources = { KnownNames.Profiles },
        };

    /// <summary>The settings with what the command line says on top.</summary>
    /// <exception cref="SettingsException">A setting has a value that cannot be used.</exception>
    public static RuntimeSettings Settings(
        ParseResult parsed,
        Option<string> connectors,
        Option<ProfileChoice?>? profile = null
    ) =>
        ConsoleOptions.Settings(
            parsed.GetValue(connectors),
            profiles: profile is null ? null : parsed.GetValue(profile)
        );
}
