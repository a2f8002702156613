using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Plan;

/// <summary>What the manifest sends with every call: the endpoint's own query, and <c>fixed</c>.</summary>
internal static class FixedValues
{
    public static string Query(EndpointTemplate endpoint, IReadOnlyList<FixedValue> values)
    {
        var query = new StringBuilder();
        UrlText.AppendLiteral(query, endpoint.Query);
        var writer = new QueryWriter(query);
        foreach (var value in values)
        {
            if (value.In == ArgumentLocation.Query)
                writer.AppendPair(value.Name, Text(value), UrlSet.Unreserved);
        }
        return query.ToString();
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Headers(IReadOnlyList<FixedValue> values)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var value in values)
        {
            if (value.In == ArgumentLocation.Header)
                headers.Add(new(value.Name, Guarded(value)));
        }
        return headers;
    }

    public static string Cookies(IReadOnlyList<FixedValue> values)
    {
        var cookies = new StringBuilder();
        foreach (var value in values)
        {
            if (value.In != ArgumentLocation.Cookie)
                continue;
            if (cookies.Length > 0)
                cookies.Append("; ");
            cookies.Append(value.Name).Append('=').Append(UrlText.Encode(Text(value)));
        }
        return cookies.ToString();
    }

    public static string Text(FixedValue value)
    {
        try
        {
            return ScalarText.Of(value.Value.ToElement()) ?? "";
        }
        catch (Exception error) when (error is BadValueException or JsonException)
        {
            throw new CallException($"The manifest's fixed value of '{value.Name}' cannot be sent: {error.Message}");
        }
    }

    private static string Guarded(FixedValue value)
    {
        try
        {
            return FieldText.Guard(Text(value));
        }
        catch (BadValueException error)
        {
            throw new CallException($"The manifest's fixed header '{value.Name}' {error.Message}");
        }
    }
}
