using System.Globalization;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary>Versions as entity tags (RFC 9110 section 8.8.3), so that nobody writes over a change they have not seen.</summary>
internal static class ETag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version of If-Match; null for <c>*</c>.</summary>
    /// <exception cref="ProblemException">The header is missing or no tag of ours.</exception>
    public static long? Required(HttpRequest request)
    {
        var text = request.Headers.IfMatch.ToString();
        if (text == "*")
            return null;
        if (text.Length > 2 && long.TryParse(text.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return version;
        throw new ProblemException(new(428, "if-match-required", "If-Match is needed",
            "Send If-Match with the ETag of what you read, or '*' to change it whatever it is."));
    }

    public static ProblemException Changed(long now) => new(new(412, "changed", "It was changed by somebody else",
        string.Create(CultureInfo.InvariantCulture, $"Its ETag is now \"{now}\". Read it again and repeat the change.")));
}
