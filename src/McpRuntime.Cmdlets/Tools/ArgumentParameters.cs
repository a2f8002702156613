using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using McpRuntime.Cmdlets.Engine;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// The arguments of a tool as parameters of the command. An argument whose name a parameter has already, or that no
/// parameter can have, is given with <c>-Argument</c>.
/// </summary>
internal static class ArgumentParameters
{
    public static RuntimeDefinedParameterDictionary For(JsonElement schema, IReadOnlySet<string> taken)
    {
        var parameters = new RuntimeDefinedParameterDictionary();
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
            return parameters;
        var whole = ValueSchema.Of(schema);
        foreach (var property in properties.EnumerateObject())
        {
            if (IsFree(property.Name, taken) && !parameters.ContainsKey(property.Name))
                parameters.Add(property.Name, Define(property.Name, property.Value, whole.Property(property.Name)));
        }
        return parameters;
    }

    /// <summary>The values that the line gives.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Given(RuntimeDefinedParameterDictionary? parameters)
    {
        if (parameters is null)
            yield break;
        foreach (var parameter in parameters.Values)
        {
            if (parameter.IsSet)
                yield return KeyValuePair.Create(parameter.Name, ArgumentValueAttribute.ValueOf(parameter));
        }
    }

    private static RuntimeDefinedParameter Define(string name, JsonElement schema, ValueSchema value)
    {
        var type = TypeOf(value);
        var attributes = new Collection<Attribute> { new ParameterAttribute { HelpMessage = Description(schema) }, new ArgumentValueAttribute(value, type) };
        // Core decides which values are allowed; here they are only for completion.
        if (type == typeof(string) && value.Choices().Where(choice => choice.Length > 0).Distinct().ToArray() is { Length: > 0 } choices)
            attributes.Add(EngineTypes.ArgumentCompletions(choices));
        return new RuntimeDefinedParameter(name, type, attributes);
    }

    private static bool IsFree(string name, IReadOnlySet<string> taken) =>
        !taken.Contains(name) && name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');

    private static Type TypeOf(ValueSchema schema) => schema.Types.Where(type => type != "null").ToArray() switch
    {
        ["string"] => typeof(string),
        ["integer"] => typeof(BigInteger),
        ["number"] or ["integer", "number"] or ["number", "integer"] => typeof(decimal),
        ["boolean"] => typeof(bool),
        ["array"] => typeof(object[]),
        _ => typeof(object),
    };

    private static string Description(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String
            ? Diagnostics.UntrustedText.Clean(text.GetString())
            : "An argument of the tool.";
}
