using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Building;

/// <summary>One parameter of what several tools have under its name.</summary>
internal static class ParameterMerge
{
    // More are not read by anyone, and make the command slow to look at.
    private const int MostChoices = 100;

    public static CommandParameter Of(string name, IReadOnlyList<UsedParameter> uses)
    {
        var parameters = uses.Select(use => use.Parameter).ToList();
        var types = parameters.Select(TypeOf).Distinct().ToList();
        var type = types.Count == 1 ? types[0] : typeof(object);
        var choices = types.Count == 1 ? ChoicesOf(parameters, type) : SchemaChoicesText.None;
        var isItem = uses.Any(use => use.Use.IsPiped);
        return new CommandParameter
        {
            Name = name,
            Aliases = AliasesOf(name, parameters),
            Type = type,
            Uses = [.. uses.Select(use => use.Use)],
            Choices = choices.Values,
            IsClosed = choices.IsClosed,
            HelpMessage = ArgumentHelp.Summary(parameters[0].Argument),
            Conversion = isItem ? ParameterConversion.Item : ConversionOf(type, parameters),
            IsNullable = parameters.TrueForAll(parameter => parameter.Argument.IsNullable),
            Properties = isItem ? PropertiesOf(name, parameters) : [],
        };
    }

    private static Type TypeOf(LayoutParameter parameter)
    {
        if (parameter.IsFile)
            return typeof(string);
        var (type, schema) = (parameter.Argument.Type, parameter.Argument.Schema);
        // An offset that was given is kept.
        if (type == typeof(string) && schema.HasFormat("date-time"))
            return typeof(DateTimeOffset);
        if (type == typeof(string) && schema.HasFormat("date"))
            return typeof(DateTime);
        // One item may be given without a list, and is sent so.
        if (type.IsArray && schema.Types.Count(name => name != "null") > 1)
            return typeof(object);
        // A switch that has to be given is none.
        return type == typeof(SwitchParameter) && parameter.Argument.IsRequired ? typeof(bool) : type;
    }

    private static string[] AliasesOf(string name, List<LayoutParameter> parameters)
    {
        var wire = parameters.Select(parameter => parameter.Argument.Name);
        if (parameters.Exists(parameter => parameter.IsFile))
            wire = [.. wire, "InFile", "FullName"];
        return
        [
            .. wire.Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(alias =>
                    !alias.Equals(name, StringComparison.OrdinalIgnoreCase) && !ReservedParameters.IsTyped(alias)
                ),
        ];
    }

    private static ParameterConversion ConversionOf(Type type, List<LayoutParameter> parameters)
    {
        var item = type.IsArray ? type.GetElementType() : type;
        if (item == typeof(string))
            return !type.IsArray && parameters.TrueForAll(parameter => parameter.Argument.IsNullable)
                ? ParameterConversion.NullableText
                : ParameterConversion.Text;
        if (item == typeof(int) || item == typeof(long))
            return ParameterConversion.Number;
        return item == typeof(DateTime) || item == typeof(DateTimeOffset)
            ? ParameterConversion.Time
            : ParameterConversion.None;
    }

    private static string[] PropertiesOf(string name, List<LayoutParameter> parameters) =>
        [
            .. parameters
                .SelectMany(parameter => (string[])[name, parameter.Argument.Name, .. parameter.Properties])
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    private static SchemaChoicesText ChoicesOf(List<LayoutParameter> parameters, Type type)
    {
        var item = type.IsArray ? type.GetElementType() : type;
        if (item != typeof(string) && item != typeof(long) && item != typeof(int) && item != typeof(object))
            return SchemaChoicesText.None;
        var all = parameters.ConvertAll(parameter => parameter.Argument.Choices);
        if (all.Exists(choices => choices.Values.Count is 0 or > MostChoices))
            return SchemaChoicesText.None;
        var values = all.SelectMany(choices => choices.Values)
            .Where(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(value => value.ToString())
            .Where(text => text.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new SchemaChoicesText(
            values,
            type != typeof(object)
                && parameters.Count == 1
                && all.TrueForAll(choices => choices.IsClosed && choices.Values.All(IsText))
        );
    }

    private static bool IsText(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0);

    private sealed record SchemaChoicesText(IReadOnlyList<string> Values, bool IsClosed)
    {
        public static SchemaChoicesText None { get; } = new([], false);
    }
}
