using System.Globalization;
using System.Management.Automation;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>Refuses 2.5 for an integer, which PowerShell would round.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ApiNumberAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var items = plain is Array list ? list.Cast<object?>() : [plain];
        foreach (var item in items)
        {
            var value = item is PSObject inner ? inner.BaseObject : item;
            var text = value is string given ? given : NumberText.Of(value);
            if (text is not null && NumberText.IsNumber(text) && NumberText.Integer(text) is null)
                throw new ArgumentTransformationMetadataException(
                    string.Create(CultureInfo.InvariantCulture, $"{text} is not an integer.")
                );
        }
        return inputData;
    }
}
