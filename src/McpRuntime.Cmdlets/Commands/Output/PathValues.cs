using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Commands.Calls;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>
/// The arguments in the path of a call, which its answers carry: what is piped to another command is of the same owner
/// and repository.
/// </summary>
/// <param name="values">By the names of the arguments.</param>
internal sealed class PathValues(IReadOnlyList<KeyValuePair<string, object>> values)
{
    public static PathValues Of(PreparedRequest call)
    {
        var values = new List<KeyValuePair<string, object>>();
        foreach (var parameter in ParameterLayout.Of(call.Tool).All)
        {
            if (!parameter.IsIdentity || !call.Arguments.TryGetProperty(parameter.Argument.Name, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.String)
                values.Add(new(parameter.Argument.Name, value.GetString()!));
            else if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
                values.Add(new(parameter.Argument.Name, number));
        }
        return new PathValues(values);
    }

    /// <summary>Adds what the object has no property for.</summary>
    public void AddTo(PSObject result)
    {
        foreach (var (name, value) in values)
        {
            if (result.Properties[name] is not { } own)
                result.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
            else if (own.Value is PSObject { BaseObject: PSCustomObject } carrier)
                CarriedValues.Add(carrier, value);
        }
    }
}
