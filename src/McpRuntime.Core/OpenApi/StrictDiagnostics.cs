using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.OpenApi.Model;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace McpRuntime.OpenApi;

/// <summary>
/// What Microsoft.OpenApi has to say about a document (<c>--strict</c>): a second opinion, with its validation rules.
/// It is not what the projection reads: it is slower and loses keywords, and other documents are not its to fetch.
/// </summary>
internal static class StrictDiagnostics
{
    internal const string RuleId = ImportRules.Strict;

    // It has looped on documents that refer to themselves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Its errors as errors and its warnings as warnings, with pointers into the document.</summary>
    internal static async Task<IReadOnlyList<Finding>> FindAsync(
        LoadedDocument document,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await Task.Run(() => Find(document), cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return
            [
                new Finding(
                    RuleId,
                    FindingSeverity.Warning,
                    $"Microsoft.OpenApi did not finish within {Patience.TotalSeconds} s; its "
                        + $"diagnostics are missing."
                ),
            ];
        }
    }

    private static List<Finding> Find(LoadedDocument document)
    {
        var findings = new List<Finding>();
        try
        {
            using var stream = new MemoryStream(document.JsonUtf8.ToArray());
            var result = OpenApiModelFactory.Load(
                stream,
                "json",
                new OpenApiReaderSettings { LoadExternalRefs = false }
            );
            foreach (var error in result.Diagnostic?.Errors ?? [])
                findings.Add(Finding(error, FindingSeverity.Error));
            foreach (var warning in result.Diagnostic?.Warnings ?? [])
                findings.Add(Finding(warning, FindingSeverity.Warning));
        }
        // Whatever it throws about a document is a statement about the document.
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            findings.Add(
                new Finding(
                    RuleId,
                    FindingSeverity.Error,
                    $"Microsoft.OpenApi cannot read the document: {UntrustedText.Clean(failure.Message)}"
                )
            );
        }
        return findings;
    }

    private static Finding Finding(OpenApiError error, FindingSeverity severity)
    {
        var pointer = error.Pointer ?? "";
        var hash = pointer.IndexOf('#', StringComparison.Ordinal);
        pointer = hash < 0 ? pointer : pointer[(hash + 1)..];
        return new Finding(RuleId, severity, UntrustedText.Clean(error.Message))
        {
            Pointer = pointer.StartsWith('/') ? pointer : "",
        };
    }
}
