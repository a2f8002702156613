using System.Globalization;
using System.Management.Automation;

namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>
/// Text of a date as RFC 3339 and ISO 8601 write it, whatever the culture; Z stays UTC. Other text is PowerShell's to
/// convert.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ApiTimeAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return plain switch
        {
            string text when TryRead(text, out var time) => time,
            DateTimeOffset time => time.UtcDateTime,
            DateOnly day => day.ToDateTime(TimeOnly.MinValue),
            _ => inputData,
        };
    }

    private static bool TryRead(string text, out DateTime time) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            text.EndsWith('Z') ? DateTimeStyles.AdjustToUniversal : DateTimeStyles.RoundtripKind,
            out time
        );
}
