using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.OpenApi;
using McpRuntime.Stdio.Sarif;

namespace McpRuntime.Stdio.Commands;

/// <summary>Which differences are a failure of <c>import --check</c>.</summary>
internal enum FailOn
{
    Any,
    Breaking,

    /// <summary>None; what cannot be compared still is.</summary>
    None,
}

/// <summary><c>import --check</c>: how manifests differ from what their documents would give now.</summary>
internal sealed class CheckRun(Terminal terminal, RuntimeSettings settings)
{
    /// <summary>As the person named it; null for the document that the manifest names.</summary>
    public string? Source { get; init; }

    public string? Output { get; init; }

    /// <summary>Files and globs of several manifests; null for one, or for all of the folder.</summary>
    public IReadOnlyList<string>? Manifests { get; init; }

    public OutputFormat Format { get; init; }

    public FailOn FailOn { get; init; }

    public required ImportOptions Options { get; init; }

    private bool IsOne => Source is not null || Output is not null || Options.Name is not null;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckedManifest>();
        if (IsOne)
            results.Add(await CheckAsync(Output, cancellationToken));
        else
        {
            foreach (var file in Files())
                results.Add(await CheckAsync(file, cancellationToken));
        }
        var exitCode = ExitCodeOf(results);
        await WriteAsync(results, exitCode, cancellationToken);
        return exitCode;
    }

    private IReadOnlyList<string> Files()
    {
        IReadOnlyList<string> files = Manifests is null
            ? ConnectorFolder.Files(settings.ConnectorsFolder)
            : [.. FileGlob.Expand(Manifests)];
        return files.Count > 0
            ? files
            : throw new McpRuntimeException(
                $"There is no manifest in {settings.ConnectorsFolder}. Name some with --manifest, or the folder with "
                    + "--connectors."
            );
    }

    private async Task<CheckedManifest> CheckAsync(string? file, CancellationToken cancellationToken)
    {
        var check = new ConnectorCheck(settings, Options) { Output = file };
        var work = Task.Run(
            () =>
                Source is null
                    ? check.RunAsync(cancellationToken)
                    : check.RunAsync(DocumentSource.Parse(Source, Terminal.OpenInput), cancellationToken),
            cancellationToken
        );
        var target = Source ?? Options.Name ?? file!;
        return new CheckedManifest(target, Source, await Progress.ShowAsync(terminal, $"Checking {target}", work));
    }

    private int ExitCodeOf(List<CheckedManifest> results)
    {
        var isFailed = results.Exists(result =>
            !result.IsCompared
            || FailOn switch
            {
                FailOn.Any => !result.IsSame,
                FailOn.Breaking => result.IsBreaking,
                _ => false,
            }
        );
        return isFailed ? ExitCode.Failed : ExitCode.Good;
    }

    private async Task WriteAsync(List<CheckedManifest> results, int exitCode, CancellationToken cancellationToken)
    {
        switch (Format)
        {
            case OutputFormat.Sarif:
                var findings = new List<Finding>();
                foreach (var result in results)
                    findings.AddRange(await result.FindingsAsync(settings.DocumentLimits, cancellationToken));
                var log = new SarifLog("drift", findings, exitCode, results.TrueForAll(result => result.IsCompared));
                await JsonOutput.WriteAsync(log.Write, cancellationToken);
                break;
            case OutputFormat.Json:
                await JsonOutput.WriteAsync(
                    IsOne ? results[0].WriteJson : writer => WriteJson(writer, results),
                    cancellationToken
                );
                break;
            default:
                foreach (var result in results)
                    await result.WriteTextAsync(terminal);
                if (results.Exists(result => result is { IsCompared: true, IsSame: false }))
                    await terminal.Out.WriteLineAsync(
                        "Import again with --force to apply the changes; your edits are kept."
                    );
                break;
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, List<CheckedManifest> results)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("same"u8, results.TrueForAll(result => result.IsSame));
        writer.WriteBoolean("breaking"u8, results.Exists(result => result.IsBreaking));
        writer.WriteStartArray("results"u8);
        foreach (var result in results)
            result.WriteJson(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
