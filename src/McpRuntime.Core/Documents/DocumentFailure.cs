using McpRuntime.Diagnostics;

namespace McpRuntime.Documents;

/// <summary>The one shape of a read that cannot go on.</summary>
internal static class DocumentFailure
{
    public static FindingsException Because(
        string rule,
        string message,
        string? source,
        int? line = null,
        int? column = null,
        string pointer = ""
    ) =>
        new([
            new Finding(rule, FindingSeverity.Error, message)
            {
                Source = source,
                Line = line,
                Column = column,
                Pointer = pointer,
            },
        ]);

    public static FindingsException TooLarge(string? source, long maxBytes, long? known = null)
    {
        var size = known is null ? $"more than {Size(maxBytes)}" : $"{Size(known.Value)}";
        return Because(
            DocumentRules.TooLarge,
            $"'{source}' has {size}; at most {Size(maxBytes)} are read. Raise MCP_RUNTIME_MAX_DOCUMENT_BYTES "
                + $"if you trust it.",
            source
        );
    }

    private static string Size(long bytes) => FormattableString.Invariant($"{bytes:N0} bytes");
}
