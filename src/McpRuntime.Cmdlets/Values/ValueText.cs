using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Xml;

namespace McpRuntime.Cmdlets.Values;

/// <summary>
/// .NET's values as the text that the schema asks for. The culture of the session never takes part: it would write a
/// date as 01.03.2024, and a number with a comma.
/// </summary>
internal static class ValueText
{
    private const string Date = "yyyy-MM-dd";
    private const string Clock = "HH:mm:ss.FFFFFFF";
    private const string DateAndClock = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";

    /// <summary>The text of a value that PowerShell would write in its own way; null for all others.</summary>
    /// <exception cref="McpRuntimeException">The value is a secret.</exception>
    public static string? Of(object? value, ValueSchema schema) =>
        value switch
        {
            DateTime time => Of(time, schema),
            // RFC 3339 has Z for UTC, and APIs that do not read +00:00 exist.
            DateTimeOffset time => time.ToString(
                FormatOf(schema, time.Offset == TimeSpan.Zero ? "'Z'" : "zzz"),
                CultureInfo.InvariantCulture
            ),
            // A day begins at midnight of the place where the user is.
            DateOnly date => schema.HasFormat("date-time") && !schema.HasFormat("date")
                ? Of(date.ToDateTime(default), schema)
                : date.ToString(Date, CultureInfo.InvariantCulture),
            TimeOnly time => time.ToString(Clock, CultureInfo.InvariantCulture),
            TimeSpan span => Of(span, schema),
            bool flag => flag ? "true" : "false",
            SwitchParameter flag => flag.IsPresent ? "true" : "false",
            Uri uri => uri.OriginalString,
            Enum choice => schema.Spelled(choice.ToString()),
            byte[] bytes => Convert.ToBase64String(bytes),
            FileInfo file => schema.IsEncodedBytes ? Convert.ToBase64String(FileContent.Read(file)) : file.FullName,
            XmlNode xml => xml.OuterXml,
            Guid or char or Version => value.ToString(),
            SecureString or PSCredential => throw Secret(),
            _ => NumberText.Of(value),
        };

    /// <summary>
    /// Seconds since 1970, where the schema's format is that of Unix time; null for other formats and values.
    /// </summary>
    public static string? UnixTime(object? value, ValueSchema schema)
    {
        if (!schema.HasFormat("unix-time", "unixtime", "unix-timestamp"))
            return null;
        DateTimeOffset? time = value switch
        {
            DateTime { Kind: DateTimeKind.Unspecified } local => DateTime.SpecifyKind(local, DateTimeKind.Local),
            DateTime exact => exact,
            DateTimeOffset exact => exact,
            _ => null,
        };
        return time?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    public static McpRuntimeException Secret() =>
        new("A secret cannot be an argument of a tool, because it would be logged. Set it with Set-McpCredential.");

    private static string Of(DateTime time, ValueSchema schema)
    {
        // RFC 3339 demands an offset. As everywhere in PowerShell, a time without one is local.
        if (time.Kind == DateTimeKind.Unspecified && schema.HasFormat("date-time"))
            time = DateTime.SpecifyKind(time, DateTimeKind.Local);
        return time.ToString(FormatOf(schema, "K"), CultureInfo.InvariantCulture);
    }

    private static string Of(TimeSpan span, ValueSchema schema)
    {
        if (schema.HasFormat("duration"))
            return XmlConvert.ToString(span);
        return schema.HasFormat("time") && span >= TimeSpan.Zero && span < TimeSpan.FromDays(1)
            ? TimeOnly.FromTimeSpan(span).ToString(Clock, CultureInfo.InvariantCulture)
            : span.ToString("c", CultureInfo.InvariantCulture);
    }

    private static string FormatOf(ValueSchema schema, string offset)
    {
        if (schema.HasFormat("date-time"))
            return DateAndClock + offset;
        return schema.HasFormat("date") ? Date
            : schema.HasFormat("time") ? Clock + offset
            : DateAndClock + offset;
    }
}
