using McpRuntime.Calls.Bodies;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Plan;

/// <summary>The request of a version 2 manifest, which gives the location of every argument.</summary>
internal static class ManifestV2Layout
{
    public static RequestLayout Layout(ToolManifest tool)
    {
        var arguments = new List<PlannedArgument>();
        foreach (
            var (name, binding) in tool.Arguments
                ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, ArgumentBinding>.Empty
        )
            arguments.Add(PlannedArgument.From(name, binding));
        var properties = arguments.FindAll(argument => argument.In == ArgumentLocation.Body);
        var fixedProperties = tool
            .Fixed.Where(value => value.In == ArgumentLocation.Body)
            .Select(value => KeyValuePair.Create(value.Name, value.Value))
            .ToList();
        if (tool.Body is not { } body)
        {
            return properties.Count == 0 && fixedProperties.Count == 0
                ? new RequestLayout(arguments, null, null)
                : throw new CallException(
                    $"The tool '{tool.Name}' puts values into a body, but its manifest has no 'body' that "
                        + $"names the media type. Add it, e.g. body: {{ content_type: application/json }}."
                );
        }
        var plan = new BodyPlan
        {
            ContentType = body.ContentType is "*/*" or "application/*" ? "application/json" : body.ContentType,
            Essence = MediaTypes.Essence(body.ContentType),
            Required = body.Required || fixedProperties.Count > 0,
            Argument = body.Argument,
            Encoding = body.Encoding,
            Properties = properties,
            Fixed = fixedProperties,
        };
        return new RequestLayout(arguments, plan, null);
    }
}
