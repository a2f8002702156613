using System.CommandLine;
using McpRuntime.Stdio.Sarif;
using McpRuntime.Validation;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>validate FILE…</c>: everything that is wrong with manifests, at once.</summary>
internal static class ValidateCommand
{
    private const string Examples = """
        mcp-runtime validate petstore.yaml
        mcp-runtime validate 'connectors/**/*.yaml' --strict
        mcp-runtime validate connectors/*.yaml --format json
        mcp-runtime validate connectors/*.yaml --format sarif > validation.sarif
        """;

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Manifests; * and ? within a name, ** across folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        var strict = new Option<bool>("--strict") { Description = "Also checks names, descriptions and endpoints." };
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Also shows each manifest's tools, and informational findings.",
        };
        var format = CommonOptions.ReportFormat();
        var command = new DocumentedCommand("validate", "Checks connector manifests.", Examples)
        {
            files,
            strict,
            verbose,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var limits = ConsoleOptions.Settings().DocumentLimits;
                var report = new ValidationReport();
                foreach (var path in FileGlob.Expand(parsed.GetRequiredValue(files)))
                {
                    var read = await ManifestFile.ReadAsync(path, limits, parsed.GetValue(strict), cancellationToken);
                    report.Add(path, read);
                }
                var exitCode = report.IsValid ? ExitCode.Good : ExitCode.Failed;
                if (parsed.GetValue(format) == OutputFormat.Json)
                    await JsonOutput.WriteAsync(report.WriteJson, cancellationToken);
                else if (parsed.GetValue(format) == OutputFormat.Sarif)
                    await JsonOutput.WriteAsync(
                        new SarifLog("validation", report.Findings, exitCode, IsComplete: true).Write,
                        cancellationToken
                    );
                else
                    await report.WriteTextAsync(terminal, parsed.GetValue(verbose));
                return exitCode;
            }
        );
        return command;
    }
}
