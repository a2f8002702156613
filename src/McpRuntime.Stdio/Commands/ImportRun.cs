using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Network;
using McpRuntime.OpenApi;

namespace McpRuntime.Stdio.Commands;

/// <summary>One import: read, project, check, write, approve, report.</summary>
internal sealed class ImportRun(Terminal terminal, RuntimeSettings settings)
{
    public required string Source { get; init; }

    public string? Output { get; init; }

    public bool Force { get; init; }

    public bool Validate { get; init; }

    public bool ApproveOrigins { get; init; }

    public bool All { get; init; }

    public OutputFormat Format { get; init; }

    public required ImportOptions Options { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var import = new ConnectorImport(settings, Options)
        {
            Output = Output,
            Overwrite = Force,
            Validate = Validate,
            ApproveOrigins = ApproveOrigins,
        };
        var source = DocumentSource.Parse(Source, Terminal.OpenInput);
        var work = Task.Run(() => import.PrepareAsync(source, cancellationToken), cancellationToken);
        var prepared = await Progress.ShowAsync(terminal, $"Importing {Source}", work);
        IReadOnlyList<Origin> unapproved = [];
        if (prepared.Result.Manifest is not null)
            (prepared, unapproved) = await SaveAsync(import, prepared, cancellationToken);
        var report = new ImportText(Source, prepared, unapproved, All);
        if (Format == OutputFormat.Json)
            await JsonOutput.WriteAsync(report.WriteJson, cancellationToken);
        else
            await report.WriteAsync(terminal);
        return prepared.Result.Manifest is null ? ExitCode.Failed : ExitCode.Good;
    }

    private static async Task<(PreparedImport Prepared, IReadOnlyList<Origin> Unapproved)> SaveAsync(
        ConnectorImport import,
        PreparedImport prepared,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (prepared, await import.SaveAsync(prepared, cancellationToken));
        }
        catch (FindingsException exception)
        {
            var result = prepared.Result with
            {
                Manifest = null,
                Findings = [.. prepared.Result.Findings, .. exception.Findings],
            };
            return (new PreparedImport(result), []);
        }
    }
}
