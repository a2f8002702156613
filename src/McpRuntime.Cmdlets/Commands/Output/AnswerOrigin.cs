using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Commands.Calls;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>
/// The call of an answer. Objects carry the arguments in its path: what is piped to another command is of the same
/// owner and repository.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="values">Arguments in the path, by their names.</param>
internal sealed class AnswerOrigin(PreparedRequest call, IReadOnlyList<KeyValuePair<string, object>> values)
{
    /// <summary>What commands call the identifier of the resource; null where it has none.</summary>
    public ItemProperty? Item => ItemProperty.Of(call.Tool, call.Siblings);

    /// <summary>The command has -First and -All.</summary>
    public bool OffersPages => call.OffersPages;

    public static AnswerOrigin Of(PreparedRequest call)
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
        return new AnswerOrigin(call, values);
    }

    /// <summary>The value may be that of an argument: the path has the same one, or none.</summary>
    public bool Allows(string argument, object? value) =>
        values.All(known => known.Key != argument || LanguagePrimitives.Equals(known.Value, value));

    /// <summary>Adds what the object has no property for, or only an alias of another one.</summary>
    public void AddTo(PSObject result)
    {
        foreach (var (name, value) in values)
        {
            var own = result.Properties[name];
            if (own is null || (own is PSAliasProperty && !LanguagePrimitives.Equals(own.Value, value)))
                result.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
            else if (own.Value is PSObject { BaseObject: PSCustomObject } carrier)
                CarriedValues.Add(carrier, value);
        }
    }
}
