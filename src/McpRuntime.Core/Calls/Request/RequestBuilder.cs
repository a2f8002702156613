using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Bodies;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Serialization;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Request;

/// <summary>Puts the arguments of a call into their places.</summary>
internal static class RequestBuilder
{
    private const string AcceptJsonFirst = "application/json, */*;q=0.5";

    private static readonly string UserAgent =
        $"McpRuntime/{typeof(RequestBuilder).Assembly.GetName().Version?.ToString(3)}";

    /// <param name="plan">A plan without a problem.</param>
    /// <param name="arguments">The arguments object.</param>
    /// <exception cref="CallException">Arguments that cannot go to their places, all of them at once.</exception>
    public static OutgoingRequest Build(CallPlan plan, JsonElement arguments)
    {
        var problems = new List<string>();
        var unlisted = Unlisted(plan, arguments, problems);
        var url = new StringBuilder(plan.BaseUrl, plan.BaseUrl.Length + 128);
        AppendPath(url, plan, arguments, problems);
        var query = new StringBuilder(plan.FixedQuery);
        var headers = new List<KeyValuePair<string, string>>(plan.FixedHeaders);
        var cookies = new StringBuilder(plan.FixedCookies);
        foreach (var argument in plan.Parameters)
        {
            if (arguments.TryGetProperty(argument.Name, out var value))
                Put(argument, value, query, headers, cookies, problems);
        }
        foreach (var argument in unlisted)
        {
            if (argument.In == ArgumentLocation.Query)
                Put(argument, arguments.GetProperty(argument.Name), query, headers, cookies, problems);
        }
        CredentialLocations.Check(plan, query, cookies, problems);
        var body = Body(plan, arguments, unlisted, problems);
        if (problems.Count > 0)
            throw new CallException(ArgumentRefusal.Describe(plan.Tool.Name, problems));
        AddDefault(headers, "Accept", plan.Tool.Accept ?? AcceptJsonFirst);
        AddDefault(headers, "User-Agent", UserAgent);
        if (query.Length > 0)
            url.Append('?').Append(query);
        return new OutgoingRequest
        {
            Method = plan.Method,
            Origin = plan.Origin,
            Url = url.ToString(),
            Headers = headers,
            Cookies = cookies.ToString(),
            Body = body,
        };
    }

    private static void Put(
        PlannedArgument argument,
        JsonElement value,
        StringBuilder query,
        List<KeyValuePair<string, string>> headers,
        StringBuilder cookies,
        List<string> problems
    )
    {
        try
        {
            if (argument.In == ArgumentLocation.Header)
            {
                if (FieldText.Of(argument, value) is { } text)
                    headers.Add(new(argument.WireName, text));
            }
            else if (argument.In == ArgumentLocation.Cookie)
            {
                CookieWriter.Append(cookies, argument, value);
            }
            else
            {
                new QueryWriter(query).Append(argument, value);
            }
        }
        catch (Exception bad) when (BadValueException.IsOne(bad))
        {
            problems.Add($"'{argument.Name}' {BadValueException.Reason(bad)}");
        }
    }

    private static void AppendPath(StringBuilder url, CallPlan plan, JsonElement arguments, List<string> problems)
    {
        var start = url.Length;
        foreach (var piece in plan.Path)
        {
            if (piece.Argument is not { } argument)
            {
                url.Append(piece.Literal);
                continue;
            }
            try
            {
                if (!arguments.TryGetProperty(argument.Name, out var value))
                    throw new BadValueException(
                        $"is missing: it fills {{{argument.WireName}}} in '{plan.Tool.Endpoint}'."
                    );
                PathWriter.Append(url, argument, value);
            }
            catch (Exception bad) when (BadValueException.IsOne(bad))
            {
                problems.Add($"'{argument.Name}' {BadValueException.Reason(bad)}");
            }
        }
        if (problems.Count > 0)
            return;
        // Two harmless values in parallel, or one next to a dot of the template, can still make a dot segment.
        var path = url.ToString(start, url.Length - start);
        var isWide = plan.Path.Any(piece => piece.Argument?.IsWide == true);
        if (PathGuard.DecodedDotSegment(path, isWide) is { } dots)
            problems.Add(
                $"The path '{path}' has the segment '{dots}', which would lead to another resource; give other values."
            );
    }

    private static RequestBody? Body(
        CallPlan plan,
        JsonElement arguments,
        List<PlannedArgument> unlisted,
        List<string> problems
    )
    {
        if (plan.Body is not { } body)
            return null;
        var properties = new List<KeyValuePair<string, JsonElement>>(body.Fixed.Count + body.Properties.Count);
        foreach (var (name, value) in body.Fixed)
            properties.Add(new(name, value.ToElement()));
        foreach (var property in body.Properties)
        {
            if (arguments.TryGetProperty(property.Name, out var value))
                properties.Add(new(property.WireName, value));
        }
        foreach (var argument in unlisted)
        {
            if (argument.In == ArgumentLocation.Body)
                properties.Add(new(argument.WireName, arguments.GetProperty(argument.Name)));
        }
        var whole =
            body.Argument is not null && arguments.TryGetProperty(body.Argument, out var given) ? given : default;
        try
        {
            return BodyBuilder.Build(body, whole, properties);
        }
        catch (Exception bad) when (BadValueException.IsOne(bad))
        {
            problems.Add($"{BodyPart(body, (bad as BadValueException)?.Property)} {BadValueException.Reason(bad)}");
            return null;
        }
    }

    // What the caller gave: the argument, or the property below the argument that is the whole body.
    private static string BodyPart(BodyPlan body, string? property)
    {
        if (property is null)
            return $"'{body.Argument ?? "body"}'";
        return body.Argument is { } whole
            ? JsonPointer.Append($"/{JsonPointer.Escape(whole)}", property)
            : $"'{body.Properties.FirstOrDefault(argument => argument.WireName == property)?.Name ?? property}'";
    }

    private static List<PlannedArgument> Unlisted(CallPlan plan, JsonElement arguments, List<string> problems)
    {
        var unlisted = new List<PlannedArgument>();
        foreach (var property in arguments.EnumerateObject())
        {
            if (plan.Arguments.ContainsKey(property.Name) || property.Name == plan.Body?.Argument)
                continue;
            if (plan.Unlisted is { } place)
                unlisted.Add(
                    PlannedArgument.From(property.Name, new ArgumentBinding { In = place, Name = property.Name })
                );
            else
                problems.Add($"'{property.Name}' has no location in the request. {Known(plan)}");
        }
        return unlisted;
    }

    private static string Known(CallPlan plan)
    {
        var names = plan.Arguments.Keys.ToList();
        if (plan.Body?.Argument is { } whole)
            names.Add(whole);
        return names.Count == 0 ? "The tool takes no arguments." : $"The tool takes: {string.Join(", ", names)}.";
    }

    private static void AddDefault(List<KeyValuePair<string, string>> headers, string name, string value)
    {
        foreach (var header in headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return;
        }
        headers.Add(new(name, value));
    }
}
