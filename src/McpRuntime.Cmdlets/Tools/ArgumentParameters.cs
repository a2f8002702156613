using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using McpRuntime.Cmdlets.Engine;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>The arguments of a tool as parameters of the command.</summary>
/// <remarks>
/// PowerShell binds a parameter of the cmdlet, an alias or an abbreviation of it before it looks at these. An argument
/// with such a name gets the suffix <c>Value</c>, or an API's <c>command</c> would be taken for the cmdlet's own. Not
/// offered, and given with <c>-Argument</c>: a name that PowerShell's grammar does not read as a parameter, names that
/// differ only in case, and a name whose suffixed form is another argument's name.
/// </remarks>
internal sealed class ArgumentParameters
{
    private const string Suffix = "Value";

    private readonly List<(string Argument, RuntimeDefinedParameter Parameter)> _parameters = [];

    private ArgumentParameters()
    {
    }

    /// <summary>What PowerShell binds to.</summary>
    public RuntimeDefinedParameterDictionary Dictionary { get; } = [];

    /// <param name="schema">The tool's input schema.</param>
    /// <param name="cmdlet">The cmdlet's own parameters.</param>
    public static ArgumentParameters For(JsonElement schema, CmdletParameters cmdlet)
    {
        var parameters = new ArgumentParameters();
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
            return parameters;
        var whole = ValueSchema.Of(schema);
        var names = properties.EnumerateObject().Select(property => property.Name)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        foreach (var property in properties.EnumerateObject())
        {
            if (names[property.Name] > 1)
                parameters.Refuse(property.Name, cmdlet);
            else if (NameFor(property.Name, names, cmdlet) is { } name)
                parameters.Add(property.Name, Define(name, property.Value, whole.Property(property.Name)));
        }
        return parameters;
    }

    /// <summary>The values that the line gives, by the names of arguments.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Given() => _parameters.Where(entry => entry.Parameter.IsSet)
        .Select(entry => KeyValuePair.Create(entry.Argument, ArgumentValueAttribute.ValueOf(entry.Parameter)));

    private void Add(string argument, RuntimeDefinedParameter parameter)
    {
        _parameters.Add((argument, parameter));
        Dictionary.Add(parameter.Name, parameter);
    }

    // Left out, the name would be an abbreviation of another argument's: 'page' of 'pageSize'.
    private void Refuse(string argument, CmdletParameters cmdlet)
    {
        if (!Dictionary.ContainsKey(argument) && IsParameterName(argument) && !cmdlet.Takes(argument))
            Dictionary.Add(argument, new RuntimeDefinedParameter(
                argument, typeof(FullNameOnly), [new ParameterAttribute { DontShow = true }, new AmbiguousCaseAttribute(argument)]));
    }

    private static string? NameFor(string argument, Dictionary<string, int> arguments, CmdletParameters cmdlet)
    {
        if (!IsParameterName(argument))
            return null;
        if (!cmdlet.Takes(argument))
            return argument;
        var suffixed = argument + Suffix;
        return arguments.ContainsKey(suffixed) || cmdlet.Takes(suffixed) ? null : suffixed;
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

    // What the tokenizer reads as one parameter: '-a.b', '-a[b]' and '-$a' are something else.
    private static bool IsParameterName(string name) => name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_')
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
