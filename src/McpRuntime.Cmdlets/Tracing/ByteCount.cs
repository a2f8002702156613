using System.Globalization;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tracing;

/// <summary>Numbers of bytes in words, the same in every culture.</summary>
internal static class ByteCount
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>To the byte: <c>1 byte</c>, <c>12,345 bytes</c>.</summary>
    public static string Exact(long bytes) => CountText.Of(bytes, "byte");

    /// <summary>As PowerShell counts, with 1 KB = 1,024 B: <c>12.1 KB</c>.</summary>
    public static string Short(long bytes)
    {
        var unit = 0;
        double value = bytes;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    /// <summary>How far a transfer is.</summary>
    /// <param name="received">Bytes so far.</param>
    /// <param name="announced">Bytes in all; null where no one knows.</param>
    public static string Of(long received, long? announced) =>
        announced is { } whole && whole >= received ? $"{Short(received)} of {Short(whole)}" : Short(received);

    /// <summary>The same in percent; null where no one knows.</summary>
    public static int? Percent(long received, long? announced) =>
        announced is > 0 and { } whole && whole >= received ? (int)(received * 100 / whole) : null;
}
