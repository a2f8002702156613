using System.Collections.ObjectModel;
using McpRuntime.Calls.Bodies;
using McpRuntime.Calls.Serialization;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Plan;

/// <summary>
/// The request of a version 1 manifest, which has no locations: names in the path's placeholders go to the path, the
/// rest to the query for GET, HEAD, DELETE and OPTIONS, otherwise to a JSON body. There an argument called <c>body</c>
/// is the whole body, and the others go to the query.
/// </summary>
internal static class ManifestV1Layout
{
    private const string WholeBody = "body";

    public static RequestLayout Layout(ToolManifest tool, EndpointTemplate endpoint)
    {
        var names = new List<string>(endpoint.PathNames());
        var inPath = names.Count;
        var hasWholeBody = false;
        if (
            tool.InputSchema.ToElement() is { ValueKind: System.Text.Json.JsonValueKind.Object } schema
            && schema.TryGetProperty("properties", out var properties)
            && properties.ValueKind == System.Text.Json.JsonValueKind.Object
        )
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (names.Contains(property.Name))
                    continue;
                names.Add(property.Name);
                hasWholeBody |= property.Name == WholeBody;
            }
        }
        var hasBody = endpoint.Method is not ("GET" or "HEAD" or "DELETE" or "OPTIONS");
        var rest = hasBody && !hasWholeBody ? ArgumentLocation.Body : ArgumentLocation.Query;
        var arguments = new List<PlannedArgument>(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            if (!hasBody || names[i] != WholeBody || i < inPath)
                arguments.Add(
                    PlannedArgument.From(
                        names[i],
                        new ArgumentBinding { In = i < inPath ? ArgumentLocation.Path : rest, Name = names[i] }
                    )
                );
        }
        return new RequestLayout(arguments, hasBody ? Body(arguments, hasWholeBody) : null, rest);
    }

    private static BodyPlan Body(List<PlannedArgument> arguments, bool isWhole) =>
        new()
        {
            ContentType = "application/json",
            Essence = "application/json",
            Required = false,
            Argument = isWhole ? WholeBody : null,
            Encoding = ReadOnlyDictionary<string, PartEncoding>.Empty,
            Properties = arguments.FindAll(argument => argument.In == ArgumentLocation.Body),
            Fixed = [],
        };
}
