using McpRuntime.Calls.Request;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Requests;

/// <summary>
/// What -WhatIf shows of a request: a command for PowerShell, one for a POSIX shell, and what to know about them.
/// </summary>
internal static class PreviewText
{
    // What someone pastes, and not what fills the terminal's memory.
    private const int MaxBody = 64 * 1024;

    public static string Of(RequestPreview preview)
    {
        var lines = new List<string>
        {
            RestMethodText.Of(preview, MaxBody),
            UntrustedText.ForTerminal(preview.ToCurl(MaxBody), keepLines: true),
        };
        lines.AddRange(
            preview.SchemaWarnings.Select(warning =>
                UntrustedText.ForTerminal($"Schema warning (sent anyway): {warning.Message}")
            )
        );
        if (preview.Note is { } note)
            lines.Add(UntrustedText.ForTerminal(note, keepLines: true));
        return string.Join(Environment.NewLine, lines);
    }
}
