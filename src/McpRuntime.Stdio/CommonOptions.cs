using System.CommandLine;
using McpRuntime.Configuration;

namespace McpRuntime.Stdio;

/// <summary>How a command reports.</summary>
internal enum OutputFormat
{
    Text,
    Json,
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

    public static Option<OutputFormat> Format() =>
        new("--format")
        {
            Description = "Output format.",
            HelpName = "text|json",
            CustomParser = result =>
            {
                switch (result.Tokens[^1].Value)
                {
                    case "text":
                        return OutputFormat.Text;
                    case "json":
                        return OutputFormat.Json;
                    case var other:
                        result.AddError($"--format is 'text' or 'json', not '{other}'.");
                        return default;
                }
            },
        };

    public static Option<ToolExposure> Expose() =>
        new("--expose")
        {
            Description =
                "What clients see: all tools, tools that search and call them, or what fits their number. "
                + "Default: MCP_RUNTIME_EXPOSE, else auto.",
            HelpName = "all|search|auto",
            CustomParser = result =>
            {
                switch (result.Tokens[^1].Value)
                {
                    case "all":
                        return ToolExposure.All;
                    case "search":
                        return ToolExposure.Search;
                    case "auto":
                        return ToolExposure.Auto;
                    case var other:
                        result.AddError($"--expose is 'all', 'search' or 'auto', not '{other}'.");
                        return default;
                }
            },
        };

    public static Option<SchemaProfile> Profile() =>
        new("--schema-profile")
        {
            Description =
                "Dialect of listed input schemas: JSON Schema, OpenAI's functions or Gemini's functions. "
                + "Default: MCP_RUNTIME_SCHEMA_PROFILE, else full.",
            HelpName = "full|plain|gemini",
            CustomParser = result =>
            {
                switch (result.Tokens[^1].Value)
                {
                    case "full":
                        return SchemaProfile.Full;
                    case "plain":
                        return SchemaProfile.Plain;
                    case "gemini":
                        return SchemaProfile.Gemini;
                    case var other:
                        result.AddError($"--schema-profile is 'full', 'plain' or 'gemini', not '{other}'.");
                        return default;
                }
            },
        };

    /// <summary>An option that may come more than once and takes one or more values each time.</summary>
    public static Option<string[]> Many(string name, string helpName, string description, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };

    /// <summary>The settings with what the command line says on top.</summary>
    /// <exception cref="SettingsException">A setting has a value that cannot be used.</exception>
    public static RuntimeSettings Settings(ParseResult parsed, Option<string> connectors) =>
        ConsoleOptions.Settings(parsed.GetValue(connectors));
}
