using System.Buffers;
using System.Net.Http.Headers;
using McpRuntime.Calls.Plan;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// Decides which fields of a response matter to a caller: where a created or accepted resource is, the pages before and
/// after, when to ask again, whatever the operation declares, and everything for HEAD, which has nothing else to say.
/// Never a credential.
/// </summary>
internal static class AnswerHeaders
{
    // More than any URL that browsers and servers agree on.
    private const int MaxValue = 8192;

    private static readonly IReadOnlyList<AnswerHeader> NoHeaders = [];

    private static readonly SearchValues<char> AuthorityEnd = SearchValues.Create("/?#<>, \"");

    /// <summary>The fields that matter, secrets still in their values.</summary>
    public static IReadOnlyList<AnswerHeader> Choose(HttpResponseMessage response, string method, CallPlan plan)
    {
        List<AnswerHeader>? chosen = null;
        var status = (int)response.StatusCode;
        if (method == "HEAD")
        {
            foreach (var (name, _) in response.Headers.NonValidated)
                Add(ref chosen, response, plan, name);
            foreach (var (name, _) in response.Content.Headers.NonValidated)
                Add(ref chosen, response, plan, name);
            return chosen ?? NoHeaders;
        }
        // RFC 9110 sections 15.3.2, 15.3.3 and 15.4; the latter two names are Azure's for the same.
        if (status is 201 or 202 or (>= 300 and < 400))
            Add(ref chosen, response, plan, "Location");
        if (status is 201 or 202)
        {
            Add(ref chosen, response, plan, "Operation-Location");
            Add(ref chosen, response, plan, "Azure-AsyncOperation");
            Add(ref chosen, response, plan, "Retry-After");
        }
        foreach (var name in plan.Tool.ResponseHeaders)
            Add(ref chosen, response, plan, name);
        if (status < 400)
            AddPages(ref chosen, response);
        return chosen ?? NoHeaders;
    }

    /// <summary>The same fields, fit to leave the runtime.</summary>
    public static IReadOnlyList<AnswerHeader> Clean(IReadOnlyList<AnswerHeader> headers, Redactor redactor)
    {
        if (headers.Count == 0)
            return headers;
        var clean = new List<AnswerHeader>(headers.Count);
        foreach (var (name, value) in headers)
        {
            clean.Add(new AnswerHeader(name, Clean(value, redactor)));
        }
        return clean;
    }

    /// <summary>A value, fit to leave the runtime.</summary>
    public static string Clean(string value, Redactor redactor)
    {
        var text = redactor.RedactValue(ResponseFields.Decode(value));
        return UntrustedText.Shorten(WithoutUserInfo(UntrustedText.Clean(text)), MaxValue);
    }

    private static void Add(ref List<AnswerHeader>? chosen, HttpResponseMessage response, CallPlan plan, string name)
    {
        if (
            !ResponseFields.IsSafe(name)
            || IsKey(plan, name)
            || chosen?.Exists(header => Is(header.Name, name)) == true
        )
            return;
        if (Find(response, name) is { Length: > 0 } value && !ResponseFields.IsCredentialValue(value))
            (chosen ??= []).Add(new AnswerHeader(name, value));
    }

    // RFC 8288: of the links of an answer, a caller goes on by these. A declared field is there already, with all of
    // them.
    private static void AddPages(ref List<AnswerHeader>? chosen, HttpResponseMessage response)
    {
        if (
            !response.Headers.NonValidated.TryGetValues("Link", out var links)
            || chosen?.Exists(header => Is(header.Name, "Link")) == true
        )
            return;
        if (LinkField.Pages(string.Join(", ", links)) is { Length: > 0 } pages)
            (chosen ??= []).Add(new AnswerHeader("Link", pages));
    }

    private static string? Find(HttpResponseMessage response, string name)
    {
        if (
            response.Headers.NonValidated.TryGetValues(name, out var values)
            || response.Content.Headers.NonValidated.TryGetValues(name, out values)
        )
            return values.Count == 1 ? values.ToString() : Joined(values);
        return null;
    }

    private static string Joined(HeaderStringValues values) => string.Join(", ", values);

    // An API key that the server sends back is a credential, whatever its name.
    internal static bool IsKey(CallPlan plan, string name)
    {
        foreach (var scheme in plan.Schemes.Values)
        {
            if (scheme is ApiKeyScheme { Location: ArgumentLocation.Header } key && Is(key.KeyName, name))
                return true;
        }
        return false;
    }

    // https://user:password@host is a URL and a credential.
    private static string WithoutUserInfo(string value)
    {
        for (
            var scheme = value.IndexOf("://", StringComparison.Ordinal);
            scheme >= 0;
            scheme = value.IndexOf("://", scheme + 3, StringComparison.Ordinal)
        )
        {
            var start = scheme + 3;
            var end = value.AsSpan(start).IndexOfAny(AuthorityEnd);
            var at = value.AsSpan(start, end < 0 ? value.Length - start : end).LastIndexOf('@');
            if (at >= 0)
                value = string.Concat(value.AsSpan(0, start), "***", value.AsSpan(start + at));
        }
        return value;
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
