using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Stdio.Completion;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>import SOURCE</c>: what can be chosen, and what is refused before anything is read.</summary>
internal static class ImportCommand
{
    private const string Description =
        "Creates a connector manifest from an OpenAPI document (2.0, 3.0, 3.1, 3.2; JSON or YAML).";

    private const string Examples = """
        mcp-runtime import https://petstore3.swagger.io/api/v3/openapi.json --name petstore
        mcp-runtime import openapi.yaml --include-path '/users/**' --read-only --max-tools 40
        mcp-runtime import openapi.json --base-url http://localhost:8080 --force
        mcp-runtime import --check --name petstore
        mcp-runtime import --check --manifest 'connectors/*.yaml' --fail-on breaking --format sarif
        curl -s https://example.com/openapi.json | mcp-runtime import - -o ./example.yaml --format json
        """;

    private static readonly string[] KnownMethods =
    [
        "GET",
        "HEAD",
        "OPTIONS",
        "QUERY",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
    ];

    public static Command Create(Terminal terminal)
    {
        var source = new Argument<string?>("SOURCE")
        {
            Description =
                "A file, an http(s) URL, or - for standard input. With --check, by default the document that "
                + "the manifest names.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "File to write. Default: NAME.yaml in the connectors folder.",
            HelpName = "FILE",
        };
        var connectors = CommonOptions.Connectors();
        var name = new Option<string>("--name", "-n")
        {
            Description = "Name of the connector, e.g. petstore or @team/petstore. Default: from the document's title.",
            HelpName = "NAME",
            CompletionSources = { KnownNames.Connectors },
        };
        var includePath = CommonOptions.Many(
            "--include-path",
            "GLOB",
            "Only these paths: * within a segment, ** across segments.",
            "-i"
        );
        var excludePath = CommonOptions.Many("--exclude-path", "GLOB", "Excludes these paths.", "-e");
        var includeTag = CommonOptions.Many("--include-tag", "TAG", "Only operations with one of these tags.");
        var excludeTag = CommonOptions.Many("--exclude-tag", "TAG", "Excludes operations with one of these tags.");
        var includeOperation = CommonOptions.Many(
            "--include-operation",
            "GLOB",
            "Only operations with these operationIds."
        );
        var methods = CommonOptions.Many("--methods", "METHOD", "Only these HTTP methods, e.g. GET POST.");
        var readOnly = Flag("--read-only", "Only operations that read: GET, HEAD, OPTIONS and QUERY.");
        var skipDeprecated = Flag("--skip-deprecated", "Excludes deprecated operations.");
        var maxTools = new Option<int?>("--max-tools")
        {
            Description = "Maximum number of operations to import, in document order.",
            HelpName = "N",
            CustomParser = ParseCount,
        };
        var baseUrl = new Option<string>("--base-url")
        {
            Description = "Server to call instead of the document's; naming a private or loopback host approves it.",
            HelpName = "URL",
        };
        var commandPrefix = new Option<string>("--command-prefix")
        {
            Description =
                "Names a PowerShell command for each tool, with this prefix before the noun, e.g. Gh. "
                + "Default: that of the existing manifest.",
            HelpName = "PREFIX",
        };
        var allowExternal = Flag("--allow-external", "Allows references outside the document's folder or origin.");
        var allowPrivate = Flag("--allow-private", "Allows the document's servers at private or loopback addresses.");
        var approve = Flag(
            "--approve-origins",
            "Approves servers that an earlier import did not name for the connector's credentials."
        );
        var strict = Flag(
            "--strict",
            "Also reports the diagnostics of Microsoft.OpenApi and fails on their errors; makes --validate strict."
        );
        var force = Flag("--force", "Replaces an existing file; tool names and edited texts are kept.", "-f");
        var validate = Flag("--validate", "Validates the new manifest; if there are errors, nothing is written.");
        var check = Flag(
            "--check",
            "Reports tools added, removed or changed since the manifest was written, without writing. Exit "
                + "code 1 if any. "
                + "Without filters, those of the import count. Alone, it checks all manifests of the connectors folder."
        );
        var manifests = CommonOptions.Many(
            "--manifest",
            "FILE",
            "With --check: the manifests to check; * and ? within a name, ** across folders."
        );
        var failOn = CommonOptions.Choice(
            "--fail-on",
            "With --check: which differences make the exit code 1. Default: any.",
            ["any", "breaking", "none"]
        );
        var all = Flag(
            "--all",
            "Lists every tool and skipped operation, also of a large document. Default: a summary above 50 tools."
        );
        var format = CommonOptions.ReportFormat();

        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } value && ConnectorName.Explain(value) is { } reason)
                result.AddError(reason);
        });
        baseUrl.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } value && !IsBaseUrl(value))
            {
                result.AddError(
                    $"--base-url '{value}' is not an absolute http or https URL without query and fragment, "
                        + "e.g. https://api.example.com/v1."
                );
            }
        });
        commandPrefix.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } value && CommandPrefix.Explain(value) is { } reason)
                result.AddError(reason);
        });
        methods.Validators.Add(result =>
        {
            foreach (var method in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (!KnownMethods.Contains(method, StringComparer.OrdinalIgnoreCase))
                    result.AddError(
                        $"--methods: '{method}' is not an HTTP method; known methods are "
                            + $"{string.Join(", ", KnownMethods)}."
                    );
            }
        });

        methods.CompletionSources.Add(KnownMethods);

        var command = new DocumentedCommand("import", Description, Examples)
        {
            source,
            output,
            connectors,
            name,
            includePath,
            excludePath,
            includeTag,
            excludeTag,
            includeOperation,
            methods,
            readOnly,
            skipDeprecated,
            maxTools,
            baseUrl,
            commandPrefix,
            allowExternal,
            allowPrivate,
            approve,
            strict,
            force,
            validate,
            check,
            manifests,
            failOn,
            all,
            format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(check))
            {
                var isOne = (result.GetValue(source) ?? result.GetValue(name) ?? result.GetValue(output)) is not null;
                if (isOne && result.GetValue(manifests) is { Length: > 0 })
                    result.AddError(
                        "--manifest names what to check; it cannot be combined with a document, --name or --output."
                    );
                foreach (var writes in (Option<bool>[])[force, validate, approve])
                {
                    if (result.GetValue(writes))
                        result.AddError($"--check writes nothing; {writes.Name} cannot be combined with it.");
                }
            }
            else if (result.GetValue(source) is null)
                result.AddError("Name the document: a file, an http(s) URL, or - for standard input.");
            else if (CommonOptions.IsSarif(result, format))
                result.AddError("--format sarif reports differences; it needs --check.");
            else if (result.GetValue(failOn) is not null || result.GetValue(manifests) is { Length: > 0 })
                result.AddError("--manifest and --fail-on need --check.");
        });
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var settings = CommonOptions.Settings(parsed, connectors);
                var options = Options(parsed);
                return parsed.GetValue(check)
                    ? new CheckRun(terminal, settings)
                    {
                        Source = parsed.GetValue(source),
                        Output = parsed.GetValue(output),
                        Manifests = parsed.GetValue(manifests) is { Length: > 0 } named ? named : null,
                        Format = parsed.GetValue(format),
                        FailOn = parsed.GetValue(failOn) switch
                        {
                            "breaking" => FailOn.Breaking,
                            "none" => FailOn.None,
                            _ => FailOn.Any,
                        },
                        Options = options,
                    }.RunAsync(cancellationToken)
                    : new ImportRun(terminal, settings)
                    {
                        Source = parsed.GetRequiredValue(source)!,
                        Output = parsed.GetValue(output),
                        Force = parsed.GetValue(force),
                        Validate = parsed.GetValue(validate),
                        ApproveOrigins = parsed.GetValue(approve),
                        All = parsed.GetValue(all),
                        Format = parsed.GetValue(format),
                        Options = options,
                    }.RunAsync(cancellationToken);
            }
        );
        return command;

        ImportOptions Options(ParseResult parsed) =>
            new()
            {
                Name = parsed.GetValue(name),
                BaseUrl = parsed.GetValue(baseUrl) is { } url ? new Uri(url) : null,
                IncludePaths = parsed.GetValue(includePath) ?? [],
                ExcludePaths = parsed.GetValue(excludePath) ?? [],
                IncludeTags = parsed.GetValue(includeTag) ?? [],
                ExcludeTags = parsed.GetValue(excludeTag) ?? [],
                IncludeOperations = parsed.GetValue(includeOperation) ?? [],
                Methods = parsed.GetValue(methods) ?? [],
                ReadOnly = parsed.GetValue(readOnly),
                SkipDeprecated = parsed.GetValue(skipDeprecated),
                MaxTools = parsed.GetValue(maxTools),
                CommandPrefix = parsed.GetValue(commandPrefix),
                AllowExternal = parsed.GetValue(allowExternal),
                AllowPrivate = parsed.GetValue(allowPrivate),
                Strict = parsed.GetValue(strict),
            };
    }

    private static int? ParseCount(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return count;
        result.AddError($"--max-tools takes a whole number from 1, not '{text}'.");
        return null;
    }

    private static bool IsBaseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { Query: "", Fragment: "", UserInfo: "" };

    private static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description };
}
