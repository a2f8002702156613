using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>
/// Completes a choice of an import from the OpenAPI document that the line names. Only files are read: a key press asks
/// no server.
/// </summary>
public abstract class DocumentCompleter : McpCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private protected override IEnumerable<CompletionResult> Complete(CompletionLine line)
    {
        using var limit = new CancellationTokenSource(Patience);
        var limits = ModuleOptions.Settings().DocumentLimits;
        return
        [
            .. Files(line.Bound)
                .SelectMany(file =>
                    Task.Run(() => DocumentOutline.ReadAsync(file, limits, limit.Token), limit.Token)
                        .WaitAsync(limit.Token)
                        .GetAwaiter()
                        .GetResult()
                )
                .SelectMany(operation => Choices(operation).Select(choice => (Choice: choice, Operation: operation)))
                .GroupBy(pair => pair.Choice, StringComparer.OrdinalIgnoreCase)
                .Where(group => line.IsBegunBy(group.Key))
                .Select(group =>
                    Result(
                        PowerShellText.Quote(group.Key),
                        group.Key,
                        Describe([.. group.Select(pair => pair.Operation)])
                    )
                ),
        ];
    }

    /// <summary>What an operation can be chosen by.</summary>
    private protected abstract IEnumerable<string> Choices(OutlinedOperation operation);

    private static string Describe(IReadOnlyList<OutlinedOperation> operations) =>
        operations.Count == 1
            ? $"{operations[0].Method} {operations[0].Path}"
            : CountText.Of(operations.Count, "operation");

    private static IEnumerable<string> Files(IDictionary bound) =>
        Bound(bound, "LiteralPath") is { } literal ? SessionCommands.Files(literal, isLiteral: true)
        : Bound(bound, "Path") is { } path && !path.Contains("://", StringComparison.Ordinal)
            ? SessionCommands.Files(path, isLiteral: false)
        : [];
}

/// <summary>Tags of the document.</summary>
public sealed class DocumentTagCompleter : DocumentCompleter
{
    private protected override IEnumerable<string> Choices(OutlinedOperation operation) => operation.Tags;
}

/// <summary>Operation ids of the document.</summary>
public sealed class DocumentOperationCompleter : DocumentCompleter
{
    private protected override IEnumerable<string> Choices(OutlinedOperation operation) =>
        operation.OperationId is { } id ? [id] : [];
}

/// <summary>Paths of the document.</summary>
public sealed class DocumentPathCompleter : DocumentCompleter
{
    private protected override IEnumerable<string> Choices(OutlinedOperation operation) => [operation.Path];
}
