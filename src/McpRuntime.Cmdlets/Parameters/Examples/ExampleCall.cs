using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Cmdlets.Values;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Cmdlets.Parameters.Examples;

/// <summary>A call to start from: the tool with a value for each required argument.</summary>
internal static class ExampleCall
{
    /// <param name="name">The tool.</param>
    /// <param name="tool">Its arguments.</param>
    /// <param name="names">Their parameters.</param>
    /// <param name="location">Where the tool is, as further parameters; empty for the session.</param>
    /// <returns>Lines that run as they are.</returns>
    public static string Of(string name, ToolArguments tool, ParameterNames names, string location) =>
        Line($"Invoke-McpTool {PowerShellText.Quote(name)}", Values(tool), names.Of, location);

    /// <summary>A call of the command that a tool has.</summary>
    /// <param name="command">The command.</param>
    /// <param name="tool">The tool's arguments.</param>
    /// <param name="parameterOf">The parameter of an argument; null where it is given with <c>-Argument</c>.</param>
    public static string OfCommand(string command, ToolArguments tool, Func<OfferedArgument, string?> parameterOf) =>
        Line(command, Values(tool), parameterOf, "");

    /// <inheritdoc cref="OfCommand(string, ToolArguments, Func{OfferedArgument, string?})"/>
    /// <param name="command">The command.</param>
    /// <param name="tool">The tool's arguments.</param>
    /// <param name="parameterOf">The parameter of an argument; null where it is given with <c>-Argument</c>.</param>
    /// <param name="values">Arguments by name; those that the tool does not have are left out.</param>
    public static string OfCommand(
        string command,
        ToolArguments tool,
        Func<OfferedArgument, string?> parameterOf,
        JsonObject values
    ) =>
        Line(
            command,
            [
                .. tool
                    .All.Where(argument => values.ContainsKey(argument.Name))
                    .Select(argument => (argument, values[argument.Name])),
            ],
            parameterOf,
            ""
        );

    private static string Line(
        string head,
        IEnumerable<(OfferedArgument Argument, JsonNode? Value)> values,
        Func<OfferedArgument, string?> parameterOf,
        string location
    )
    {
        var parts = new List<(string, JsonNode?)>();
        var others = new JsonObject();
        foreach (var (argument, value) in values)
        {
            if (parameterOf(argument) is { } parameter)
                parts.Add(Given(parameter, argument, value));
            else
                others[argument.Name] = value?.DeepClone();
        }
        if (others.Count > 0)
            parts.Add(("-Argument", others));
        if (location.Length > 0)
            parts.Add((location, null));
        return CallLayout.Of(head, parts);
    }

    private static (string Text, JsonNode? Value) Given(string parameter, OfferedArgument argument, JsonNode? value)
    {
        if (argument.Type == typeof(SwitchParameter))
            return (
                value?.GetValueKind() == JsonValueKind.True
                    ? $"-{parameter}"
                    : $"-{parameter}:{PowerShellText.Expression(value)}",
                null
            );
        return value is null ? ($"-{parameter} $null", null) : ($"-{parameter}", value);
    }

    // The first variant that fits the schema; a document's own example does not always.
    private static List<(OfferedArgument Argument, JsonNode? Value)> Values(ToolArguments tool)
    {
        var schema = JsonSchema.Compile(tool.Schema);
        List<(OfferedArgument Argument, JsonNode? Value)>? first = null;
        for (var variant = 0; variant < ExampleValues.Variants; variant++)
        {
            var values = Values(tool, variant);
            first ??= values;
            if (schema.IsValid(Together(tool, values)))
                return values;
        }
        return first!;
    }

    private static List<(OfferedArgument Argument, JsonNode? Value)> Values(ToolArguments tool, int variant)
    {
        var examples = new ExampleValues(new SchemaRoot(tool.Schema), variant);
        return
        [
            .. tool
                .All.Where(argument => argument.IsRequired)
                .Select(argument => (argument, examples.Of(argument.Property))),
        ];
    }

    // With what the call fills in itself.
    private static JsonElement Together(ToolArguments tool, List<(OfferedArgument Argument, JsonNode? Value)> values)
    {
        var all = new JsonObject();
        foreach (var (argument, value) in values)
            all[argument.Name] = value?.DeepClone();
        foreach (var argument in tool.All.Where(argument => argument.FilledIn is not null))
            all[argument.Name] = JsonNode.Parse(argument.FilledIn!.Value.GetRawText());
        return JsonElement.Parse(all.ToJsonString());
    }
}
