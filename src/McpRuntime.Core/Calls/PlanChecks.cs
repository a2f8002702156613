using McpRuntime.Manifests;

namespace McpRuntime.Calls;

/// <summary>Refuses manifests that would let an argument take a place that is not an argument's.</summary>
internal static class PlanChecks
{
    public static void Run(
        ConnectorManifest connector,
        ToolManifest tool,
        EndpointTemplate endpoint,
        RequestLayout layout,
        IReadOnlyList<SecurityRequirement> security,
        IReadOnlyDictionary<string, SecurityScheme> schemes)
    {
        if (endpoint.Method is "CONNECT" or "TRACE")
            throw Refuse(connector, tool, $"uses the method {endpoint.Method}, which is no call of an API; use another");
        foreach (var argument in layout.Arguments)
            CheckName(connector, tool, argument.In, argument.WireName, $"argument '{argument.Name}'");
        foreach (var value in tool.Fixed)
            CheckName(connector, tool, value.In, value.Name, "'fixed'");
        if (layout.Body is { } body && !MediaTypes.IsValid(body.ContentType))
            throw Refuse(connector, tool, $"has a body of the type '{body.ContentType}', which is no media type; use one such as application/json");
        if (tool.Accept is { } accept && accept.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw Refuse(connector, tool, "has an 'accept' with characters that a header field cannot carry; use media types such as application/json");
        foreach (var name in security.SelectMany(requirement => requirement.Schemes.Keys))
        {
            if (schemes[name] is ApiKeyScheme key)
                CheckKey(connector, tool, layout, name, key);
        }
    }

    private static void CheckName(ConnectorManifest connector, ToolManifest tool, ArgumentLocation place, string name, string who)
    {
        if (place == ArgumentLocation.Header && HeaderNames.IsReserved(name))
            throw Refuse(connector, tool, $"lets {who} set the header '{name}', which the runtime itself sets (credentials belong into security_schemes); remove it");
        if (place is ArgumentLocation.Header or ArgumentLocation.Cookie && !HeaderNames.IsToken(name))
            throw Refuse(connector, tool, $"gives {who} the {place.ToString().ToLowerInvariant()} name '{name}', which is no token (RFC 9110 section 5.6.2); correct it");
    }

    private static void CheckKey(ConnectorManifest connector, ToolManifest tool, RequestLayout layout, string scheme, ApiKeyScheme key)
    {
        if (key.Location is not (ArgumentLocation.Header or ArgumentLocation.Query or ArgumentLocation.Cookie))
            throw Refuse(connector, tool, $"needs '{scheme}', whose location is no header, query or cookie; correct the scheme");
        if (key.Location != ArgumentLocation.Query && !HeaderNames.IsToken(key.KeyName))
            throw Refuse(connector, tool, $"needs '{scheme}', whose key_name '{key.KeyName}' is no token (RFC 9110 section 5.6.2); correct the scheme");
        var comparison = key.Location == ArgumentLocation.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var clash = layout.Arguments.Any(argument => argument.In == key.Location && argument.WireName.Equals(key.KeyName, comparison))
            || tool.Fixed.Any(value => value.In == key.Location && value.Name.Equals(key.KeyName, comparison));
        if (clash)
            throw Refuse(connector, tool, $"lets a value take the place of the credential '{scheme}' ({key.Location.ToString().ToLowerInvariant()} '{key.KeyName}'); remove the argument or fixed value");
    }

    private static CallException Refuse(ConnectorManifest connector, ToolManifest tool, string what) =>
        new($"The tool '{tool.Name}' of '{connector.Name}' {what}.");
}
