using System.Globalization;
using System.Text;
using McpRuntime.Calls.Answers.Shortening;
using McpRuntime.Diagnostics;
using McpRuntime.Results;

namespace McpRuntime.Server.Shaping;

/// <summary>Says what of an answer is not shown, and how to get it.</summary>
internal static class ResultText
{
    private const int MostParts = 10;

    /// <summary>What is not shown.</summary>
    public static string Missing(IReadOnlyList<ShownPart> shown, IReadOnlyList<OmittedPart> omitted)
    {
        var parts = shown
            .Select(Describe)
            .Concat(
                omitted
                    .Take(MostParts)
                    .Select(part => $"{Name(part.Path)} ({CountText.Of(part.Bytes, "byte")}) is left out")
            );
        var more = omitted.Count - MostParts is var further and > 0
            ? $" So are {CountText.Of(further, "more value")}."
            : "";
        return $"{string.Join("; ", parts)}.{more}";
    }

    /// <summary>How to read what is stored.</summary>
    public static string HowToRead(StoredResult stored, int? next, string? select)
    {
        var arguments = new StringBuilder($"handle \"{stored.Handle}\"");
        if (select is not null)
            arguments.Append(CultureInfo.InvariantCulture, $", select \"{UntrustedText.ForTerminal(select)}\"");
        if (next is { } from)
            arguments.Append(CultureInfo.InvariantCulture, $", from {from}");
        return $"The answer is stored until {stored.Expires:HH:mm} UTC: call {ResultTool.Name} with {arguments} "
            + $"for {(next is null ? "parts of it" : "more")}; select, count and contains narrow it.";
    }

    private static string Describe(ShownPart part)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Name(part.Path)} has {part.Shown:N0} of {part.Total:N0} {part.Kind}"
        );
        if (part.Shown > 0 && part.From > 0)
            text.Append(CultureInfo.InvariantCulture, $", from {part.From}");
        if (part.Matches is { } matches)
            text.Append(CultureInfo.InvariantCulture, $"; {matches:N0} in all contain the text");
        if (part.Next is { } next)
            text.Append(CultureInfo.InvariantCulture, $"; the next is {next}");
        if (part.TooLong is { } outline)
            text.Append(CultureInfo.InvariantCulture, $", which alone is too long ({outline}): select parts of it");
        return text.ToString();
    }

    private static string Name(string path) =>
        path.Length == 0 ? "The answer" : $"'{UntrustedText.Shorten(UntrustedText.ForTerminal(path), 120)}'";
}
