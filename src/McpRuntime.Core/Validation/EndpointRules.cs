using System.Text.RegularExpressions;
using McpRuntime.Diagnostics;

namespace McpRuntime.Validation;

/// <summary>Rules about the form of an endpoint.</summary>
internal static partial class EndpointRules
{
    public static void Check(FindingList findings, ToolContext context, bool strict)
    {
        var text = context.Tool.Endpoint;
        if (text.Length == 0)
            return;
        if (context.Endpoint is not { } endpoint)
        {
            CheckOther(findings, context, text, strict);
            return;
        }
        var upper = endpoint.Method.ToUpperInvariant();
        if (upper is "CONNECT" or "TRACE")
        {
            findings.Error(
                ValidationRules.Endpoint,
                context.At("endpoint"),
                $"{context.Label} has the method {upper}, which is not sent (RFC 9110 sections 9.3.6 and "
                    + $"9.3.8); remove the tool."
            );
        }
        else if (!string.Equals(endpoint.Method, upper, StringComparison.Ordinal))
        {
            findings.Warning(
                ValidationRules.Endpoint,
                context.At("endpoint"),
                $"{context.Label} has the method '{endpoint.Method}'; methods are case-sensitive, '{upper}' "
                    + $"is probably meant."
            );
        }
        if (!HasBalancedBraces(endpoint.Path))
        {
            findings.Error(
                ValidationRules.Endpoint,
                context.At("endpoint"),
                $"{context.Label} has the path '{endpoint.Path}', whose braces do not match; write each "
                    + $"argument as '{{name}}'."
            );
        }
        if (
            text.AsSpan(endpoint.Method.Length + 1).ContainsAnyInRange('\0', ' ')
            || text.Contains('\u007f', StringComparison.Ordinal)
        )
        {
            findings.Error(
                ValidationRules.Endpoint,
                context.At("endpoint"),
                $"{context.Label} has the endpoint '{UntrustedText.ForTerminal(text)}' with a space or "
                    + $"control character in its path; write it percent-encoded, e.g. %20."
            );
        }
    }

    private static void CheckOther(FindingList findings, ToolContext context, string text, bool strict)
    {
        if (context.Tool.IsOlderForm && Dotted().IsMatch(text))
        {
            findings.Add(
                ValidationRules.LegacyEndpoint,
                strict ? FindingSeverity.Error : FindingSeverity.Warning,
                context.At("endpoint"),
                $"{context.Label} has the version 1 endpoint '{text}', which has neither method nor path, so "
                    + $"it cannot be called. Write 'METHOD /path', e.g. 'GET /{text.Split('.')[0]}'."
            );
            return;
        }
        findings.Error(
            ValidationRules.Endpoint,
            context.At("endpoint"),
            $"{context.Label} has the endpoint '{UntrustedText.ForTerminal(text)}'; write 'METHOD /path', "
                + $"e.g. 'GET /pets/{{pet_id}}'."
        );
    }

    private static bool HasBalancedBraces(string path)
    {
        var isOpen = false;
        var length = 0;
        foreach (var c in path)
        {
            if (c is '{' or '}' && (c == '{') == isOpen)
                return false;
            if (c == '}' && length == 0)
                return false;
            isOpen = c == '{' || (isOpen && c != '}');
            length = isOpen && c != '{' ? length + 1 : 0;
        }
        return !isOpen;
    }

    [GeneratedRegex(@"^[A-Za-z_][\w-]*(\.[\w-]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();
}
