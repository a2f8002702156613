using System.Net;

namespace McpRuntime.Search.Requests;

/// <summary>Values in a request, which no API has in its words; what they are can be a hint.</summary>
internal static class ValueKinds
{
    private const int ShortestPhoneNumber = 7;

    /// <summary>What the value is, as stems; empty where it says nothing, null for what is not a value.</summary>
    public static string[]? Find(string token)
    {
        if (token.Length < 2)
            return token.Length == 1 && char.IsDigit(token[0]) ? [] : null;
        if (token[0] == '#' && char.IsLetter(token[1]))
            return ["channel"];
        if (token.IndexOf('@', 1) > 0 && token.Contains('.', StringComparison.Ordinal))
            return ["email", "user"];
        if (token.Contains("://", StringComparison.Ordinal))
            return ["url"];
        if (token.Contains('.', StringComparison.Ordinal) && IPAddress.TryParse(token, out _))
            return ["ip", "address"];
        if (IsHostName(token))
            return ["domain", "dn"];
        if (!token.Any(char.IsAsciiDigit))
            return null;
        if (token[^1] == '%')
            return ["percent"];
        if (token[0] is '$' or '€' or '£' || token[^1] is '€')
            return ["amount"];
        if (token.Count(char.IsAsciiDigit) >= ShortestPhoneNumber && token[0] == '+')
            return ["phone", "number"];
        // 'k8s', 'oauth2', 'h323' and 'v2' are words; 'INV-77' and 'web-01' are not.
        return token.All(char.IsAsciiDigit) || token.Any(c => !char.IsLetterOrDigit(c)) ? [] : null;
    }

    private static bool IsHostName(string token)
    {
        var dot = token.LastIndexOf('.');
        return dot > 0
            && token.Length - dot is 3 or 4
            && token[(dot + 1)..].All(char.IsAsciiLetterLower)
            && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            && token[(dot + 1)..]
                is not (
                    "pdf"
                    or "txt"
                    or "png"
                    or "jpg"
                    or "doc"
                    or "xls"
                    or "csv"
                    or "zip"
                    or "mp"
                    or "js"
                    or "py"
                    or "cs"
                    or "yml"
                    or "md"
                );
    }
}
