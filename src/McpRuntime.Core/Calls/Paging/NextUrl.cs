using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Plan;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Calls.Paging;

/// <summary>
/// The URL of a next page as an API gives it. It comes from outside: it is followed within the origin of the tool only,
/// so that credentials go nowhere else and no other address is called.
/// </summary>
internal static class NextUrl
{
    // More than any URL that servers agree on.
    private const int MaxLength = 8192;

    /// <summary>The URL to ask for.</summary>
    /// <param name="plan">The tool.</param>
    /// <param name="given">As the API has it; may be relative.</param>
    /// <param name="asked">The URL of the page before; null where it is not known.</param>
    /// <param name="url">Absolute, without what the runtime adds itself.</param>
    /// <returns>Why it is not followed; null where it is.</returns>
    public static string? Read(CallPlan plan, string given, string? asked, out string url)
    {
        url = "";
        if (given.Length > MaxLength)
            return "its URL is longer than any server takes";
        if (
            !Uri.TryCreate(asked ?? plan.BaseUrl + "/", UriKind.Absolute, out var start)
            || !Uri.TryCreate(start, given.Trim(), out var target)
        )
            return "what the API gave is not a URL";
        if (target.Scheme is not ("http" or "https") || target.UserInfo.Length > 0)
            return "what the API gave is not an http(s) URL without a user name";
        // Behind a proxy that ends TLS, APIs often write http of themselves; it is still asked for by https.
        var origin = Origin.Of(target);
        if (origin != plan.Origin && !IsUnencrypted(origin, plan.Origin))
            return $"it is at another origin, {origin}, and nothing is sent there: the tool calls {plan.Origin}";
        url = plan.Origin + WithoutKeys(target.PathAndQuery, plan);
        return null;
    }

    /// <summary>
    /// The arguments that would ask for it, where the query of the URL says it in arguments of the tool; null where it
    /// says more.
    /// </summary>
    public static JsonElement? ToArguments(CallPlan plan, string url, JsonElement arguments)
    {
        var query = url.IndexOf('?');
        if (query < 0)
            return null;
        var result = arguments;
        var hasChanged = false;
        foreach (var part in url[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(part);
            if (plan.FixedQuery.Split('&').Contains(part))
                continue;
            var argument = plan.Parameters.FirstOrDefault(each =>
                each.In == ArgumentLocation.Query && each.WireName == name
            );
            if (argument is null)
                return null;
            if (arguments.TryGetProperty(argument.Name, out var known) && PageArguments.IsText(known, value))
                continue;
            // What is written as several values, or otherwise, says nothing about the page.
            if (known.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                continue;
            result = PageArguments.With(result, argument.Name, value);
            hasChanged = true;
        }
        return hasChanged ? result : null;
    }

    private static bool IsUnencrypted(Origin given, Origin own) =>
        own.Scheme == Uri.UriSchemeHttps
        && given.Scheme == Uri.UriSchemeHttp
        && given.Host == own.Host
        && given.Port == 80
        && own.Port == 443;

    // An API that repeats the key in its links would get it twice.
    private static string WithoutKeys(string pathAndQuery, CallPlan plan)
    {
        var keys = plan
            .Schemes.Values.OfType<ApiKeyScheme>()
            .Where(key => key.Location == ArgumentLocation.Query)
            .Select(key => key.KeyName)
            .ToList();
        var query = pathAndQuery.IndexOf('?');
        if (keys.Count == 0 || query < 0)
            return pathAndQuery;
        var kept = new StringBuilder(pathAndQuery, 0, query, pathAndQuery.Length);
        var separator = '?';
        foreach (var part in pathAndQuery[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (keys.Contains(Split(part).Name))
                continue;
            kept.Append(separator).Append(part);
            separator = '&';
        }
        return kept.ToString();
    }

    private static (string Name, string Value) Split(string part)
    {
        var equals = part.IndexOf('=');
        return equals < 0 ? (Decode(part), "") : (Decode(part[..equals]), Decode(part[(equals + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
