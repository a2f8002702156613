using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Cmdlets.Commands.Building;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Parameters.Examples;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Cmdlets.Values;
using McpRuntime.Commands;
using McpRuntime.Connectors;
using McpRuntime.Manifests;

namespace McpRuntime.Module.Tests.Commands;

/// <summary>
/// A call of each parameter set of a connector's commands, and the same call of its tool: with the required arguments,
/// and with all that have a parameter.
/// </summary>
internal static class CommandCases
{
    public static JsonArray Of(ConnectorManifest manifest, string file)
    {
        var location = new ToolLocation(null, null, null);
        var tools = ToolCatalog
            .Create([manifest])
            .Tools.ToDictionary(tool => tool.ManifestName, tool => new McpTool(tool, location));
        var plan = CommandPlan.Of(manifest);
        Assert.Empty(plan.Findings);
        var cases = new JsonArray();
        foreach (var command in CommandModels.Of(plan, manifest.CommandPrefix!, manifest.Name, name => tools[name]))
        {
            foreach (var set in command.Sets)
            {
                cases.Add(Case(command, set.Tool, file, argument => argument.IsRequired));
                cases.Add(Case(command, set.Tool, file, _ => true));
            }
        }
        return cases;
    }

    private static JsonObject Case(CommandModel command, McpTool tool, string file, Func<OfferedArgument, bool> isGiven)
    {
        var values = new ExampleValues(new SchemaRoot(tool.Arguments.Schema), 0);
        var (parameters, arguments) = (new JsonObject(), new JsonObject());
        foreach (var parameter in ParameterLayout.Of(tool).All.Where(parameter => isGiven(parameter.Argument)))
        {
            var value = values.Of(parameter.Argument.Property);
            // A null is not a value that most parameters take.
            if (value is null)
                continue;
            if (parameter.IsFile)
                value = file;
            // An example that the list of values lacks is refused before the call.
            var model = command.Parameters.First(other => other.Name == parameter.Name);
            if (model.IsClosed && !model.Choices.Contains(value.ToString()))
                value = model.Choices[0];
            arguments[parameter.Argument.Name] = value.DeepClone();
            parameters[parameter.Name] = value;
        }
        return new JsonObject
        {
            ["command"] = command.Name,
            ["tool"] = tool.Served!.ManifestName,
            ["parameters"] = parameters,
            ["arguments"] = arguments,
            ["files"] = new JsonArray([
                .. ParameterLayout
                    .Of(tool)
                    .All.Where(parameter => parameter.IsFile)
                    .Select(parameter => parameter.Argument.Name),
            ]),
        };
    }
}
