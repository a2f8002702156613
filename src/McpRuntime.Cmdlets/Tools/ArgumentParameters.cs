using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;

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
        foreach (var property in properties.EnumerateObject())
        {
            if (IsFree(property.Name, taken) && !parameters.ContainsKey(property.Name))
                parameters.Add(property.Name, Define(property.Name, property.Value));
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
                yield return KeyValuePair.Create(parameter.Name, (object?)parameter.Value);
        }
    }

    private static RuntimeDefinedParameter Define(string name, JsonElement schema)
    {
        var attributes = new Collection<Attribute> { new ParameterAttribute { HelpMessage = Description(schema) } };
        // Core says which values are allowed, in their exact case; here they are only for completion.
        if (Choices(schema) is { Length: > 0 } choices)
            attributes.Add(new ValidateSetAttribute(choices));
        return new RuntimeDefinedParameter(name, TypeOf(schema), attributes);
    }

    private static bool IsFree(string name, IReadOnlySet<string> taken) =>
        !taken.Contains(name) && name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');

    private static Type TypeOf(JsonElement schema) => JsonArguments.Types(schema) switch
    {
        ["string"] => typeof(string),
        ["integer"] => typeof(BigInteger),
        ["number"] => typeof(decimal),
        ["boolean"] => typeof(bool),
        ["array"] => typeof(object[]),
        _ => typeof(object),
    };

    private static string Description(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String
            ? Diagnostics.UntrustedText.Clean(text.GetString())
            : "An argument of the tool.";

    private static string[] Choices(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? [.. values.EnumerateArray().Select(value => value.GetString()!).Where(value => value.Length > 0)]
            : [];
}
