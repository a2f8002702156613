using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Plan;

/// <summary>Refuses manifests that would let an argument take a place that is not an argument's.</summary>
internal static class PlanChecks
{
    public static void Run(
        ConnectorManifest connector,
        ToolManifest tool,
        EndpointTemplate endpoint,
        RequestLayout layout,
        IReadOnlyList<SecurityRequirement> security,
        IReadOnlyDictionary<string, SecurityScheme> schemes
    )
    {
        if (endpoint.Method is "CONNECT" or "TRACE")
            throw Refuse(
                connector,
                tool,
                $"uses the method {endpoint.Method}, which does not call an API; use another"
            );
        foreach (var argument in layout.Arguments)
            CheckName(connector, tool, argument.In, argument.WireName, $"argument '{argument.Name}'");
        foreach (var value in tool.Fixed)
            CheckName(connector, tool, value.In, value.Name, "'fixed'");
        if (layout.Body is { } body && !MediaTypes.IsValid(body.ContentType))
            throw Refuse(
                connector,
                tool,
                $"has a body of the type '{body.ContentType}', which is not a media type; use one such as "
                    + $"application/json"
            );
        if (
            layout.Body is { Argument: null } spread
            && !MediaTypes.HasProperties(spread.Essence)
            && (spread.Properties.Count > 0 || spread.Fixed.Count > 0)
        )
            throw Refuse(
                connector,
                tool,
                $"spreads a body of the type '{spread.ContentType}' over arguments; only JSON, form and "
                    + $"multipart bodies have properties, so name one argument in body.argument"
            );
        if (layout.Body is { Argument: { } whole, Fixed.Count: > 0 })
            throw Refuse(
                connector,
                tool,
                $"takes the argument '{whole}' as its whole body and has fixed values for parts of it; remove "
                    + $"one of the two"
            );
        if (tool.Accept is { } accept && !MediaTypes.IsRangeList(accept))
            throw Refuse(connector, tool, $"has the 'accept' '{accept}'; use media types such as application/json");
        foreach (var name in security.SelectMany(requirement => requirement.Schemes.Keys))
        {
            if (schemes[name] is ApiKeyScheme key)
                CheckKey(connector, tool, layout, name, key);
        }
    }

    private static void CheckName(
        ConnectorManifest connector,
        ToolManifest tool,
        ArgumentLocation place,
        string name,
        string who
    )
    {
        if (place == ArgumentLocation.Header && RequestFields.Refuse(name) is { } reason)
            throw Refuse(connector, tool, $"lets {who} set the header '{name}', but {reason}; remove it");
        if (place == ArgumentLocation.Cookie && !HttpToken.Is(name))
            throw Refuse(
                connector,
                tool,
                $"gives {who} the cookie name '{name}', which is not a token (RFC 9110 section 5.6.2); correct it"
            );
    }

    private static void CheckKey(
        ConnectorManifest connector,
        ToolManifest tool,
        RequestLayout layout,
        string scheme,
        ApiKeyScheme key
    )
    {
        if (key.Location is not (ArgumentLocation.Header or ArgumentLocation.Query or ArgumentLocation.Cookie))
            throw Refuse(
                connector,
                tool,
                $"needs '{scheme}', whose location is not header, query or cookie; correct the scheme"
            );
        if (key.Location != ArgumentLocation.Query && !HttpToken.Is(key.KeyName))
            throw Refuse(
                connector,
                tool,
                $"needs '{scheme}', whose key_name '{key.KeyName}' is not a token (RFC 9110 section 5.6.2); "
                    + $"correct the scheme"
            );
        if (key.Location == ArgumentLocation.Header && !RequestFields.MayCarryKey(key.KeyName))
            throw Refuse(
                connector,
                tool,
                $"needs '{scheme}', whose key_name '{key.KeyName}' belongs to the connection; correct the scheme"
            );
        if (
            layout.Arguments.Any(argument => key.IsAt(argument.In, argument.WireName))
            || tool.Fixed.Any(value => key.IsAt(value.In, value.Name))
        )
            throw Refuse(
                connector,
                tool,
                $"lets a value take the place of the credential '{scheme}' "
                    + $"({key.Location.ToString().ToLowerInvariant()} '{key.KeyName}'); remove the argument or "
                    + $"fixed value"
            );
    }

    private static CallException Refuse(ConnectorManifest connector, ToolManifest tool, string what) =>
        new($"The tool '{tool.Name}' of '{connector.Name}' {what}.");
}
