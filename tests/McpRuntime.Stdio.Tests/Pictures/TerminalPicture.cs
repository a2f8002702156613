using System.Net;
using System.Text;

namespace McpRuntime.Stdio.Tests.Pictures;

/// <summary>
/// What a terminal shows, as an SVG. It has a background of its own, so that it can be read on light and dark pages.
/// </summary>
internal static class TerminalPicture
{
    private const int Columns = 104;
    private const double CharacterWidth = 8.2;
    private const int LineHeight = 19;
    private const int Margin = 20;
    private const int Bar = 34;

    /// <param name="title">For those who cannot see the picture.</param>
    /// <param name="steps">Commands and what each prints.</param>
    public static string Draw(string title, IEnumerable<(string Command, string Output)> steps)
    {
        var lines = steps.SelectMany(Lines).SkipLast(1).ToList();
        var width = (int)(Columns * CharacterWidth) + 2 * Margin;
        var height = Bar + lines.Count * LineHeight + Margin;
        var svg = new StringBuilder(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>
            text {"{"} font: 13.6px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #c9d1d9; white-space: pre {"}"}
            .command {"{"} fill: #ffffff; font-weight: 600 {"}"}
            .prompt {"{"} fill: #3fb950 {"}"}
            </style>
            <rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="#0d1117" stroke="#484f58"/>
            <circle cx="20" cy="17" r="5.5" fill="#ff5f57"/><circle cx="38" cy="17" r="5.5" fill="#febc2e"/><circle cx="56" cy="17" r="5.5" fill="#28c840"/>

            """.ReplaceLineEndings("\n")
        );
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Text.Length > 0)
                svg.Append(
                    $"<text x=\"{Margin}\" y=\"{Bar + (i + 1) * LineHeight - 5}\" xml:space=\"preserve\">{Spans(lines[i])}</text>\n"
                );
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static string Spans((string Text, bool Typed) line) =>
        line.Typed
            ? $"<tspan class=\"prompt\">$</tspan><tspan class=\"command\">{WebUtility.HtmlEncode(line.Text[1..])}</tspan>"
            : WebUtility.HtmlEncode(line.Text);

    private static IEnumerable<(string Text, bool Typed)> Lines((string Command, string Output) step)
    {
        yield return ($"$ {step.Command}", true);
        foreach (var line in step.Output.TrimEnd().Split('\n').SelectMany(Broken))
            yield return (line, false);
        yield return ("", false);
    }

    // A terminal breaks a line where it is full.
    private static IEnumerable<string> Broken(string line) =>
        line.Length == 0 ? [""] : line.Chunk(Columns).Select(part => new string(part));
}
