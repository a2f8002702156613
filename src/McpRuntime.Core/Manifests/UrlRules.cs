using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.Validation;

namespace McpRuntime.Manifests;

/// <summary>Rules about the addresses that calls go to.</summary>
internal static class UrlRules
{
    /// <summary>A server's address: absolute http(s), no query or fragment, every variable defined.</summary>
    public static void Check(
        FindingList findings,
        string pointer,
        string label,
        string? url,
        IReadOnlyDictionary<string, ServerVariable> variables
    )
    {
        if (string.IsNullOrEmpty(url))
            return;
        if (Expand(findings, pointer, label, url, variables) is not { } expanded)
            return;
        if (Explain(expanded) is { } reason)
            findings.Error(ValidationRules.ServerUrl, pointer, $"{label} is '{WithoutUser(url)}', {reason}");
        else if (expanded.AsSpan().IndexOfAny('?', '#') >= 0)
            findings.Error(
                ValidationRules.ServerUrl,
                pointer,
                $"{label} is '{url}', with a query or fragment; remove it. A tool's endpoint or 'fixed' may "
                    + $"carry a query."
            );
    }

    /// <summary>Why an address is not an absolute http(s) one; null for a good one.</summary>
    public static string? Explain(string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        )
            return "which is not an absolute http or https address, e.g. 'https://api.example.com/v1'.";
        if (uri.Host.Length == 0)
            return "which has no host.";
        return uri.UserInfo.Length > 0
            ? "which contains a user name or password; a manifest must not contain credentials."
            : null;
    }

    /// <summary>What may be shown of an address.</summary>
    public static string WithoutUser(string url)
    {
        var at = url.LastIndexOf('@');
        var start = url.IndexOf("://", StringComparison.Ordinal);
        return at > start && start >= 0 ? $"{url[..(start + 3)]}***{url[at..]}" : url;
    }

    private static string? Expand(
        FindingList findings,
        string pointer,
        string label,
        string url,
        IReadOnlyDictionary<string, ServerVariable> variables
    )
    {
        var expanded = new StringBuilder(url.Length);
        var isGood = true;
        for (var position = 0; position < url.Length; )
        {
            var open = url.IndexOf('{', position);
            var close = open < 0 ? -1 : url.IndexOf('}', open);
            if (close < 0)
            {
                expanded.Append(url, position, url.Length - position);
                break;
            }
            var name = url[(open + 1)..close];
            expanded.Append(url, position, open - position);
            if (!variables.TryGetValue(name, out var variable))
            {
                findings.Error(
                    ValidationRules.ServerVariable,
                    pointer,
                    $"{label} uses the server variable '{name}', which 'server_variables' does not define; "
                        + $"add it, or write its value."
                );
                isGood = false;
            }
            expanded.Append(variable?.Default ?? (variable?.Enum is [var first, ..] ? first : "x"));
            position = close + 1;
        }
        return isGood ? expanded.ToString() : null;
    }
}
