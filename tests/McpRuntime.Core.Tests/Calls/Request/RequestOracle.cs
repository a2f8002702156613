using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Calls.Request;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Calls.Request;

/// <summary>What must hold for the request of any call, judged from its bytes and the manifest alone.</summary>
internal static partial class RequestOracle
{
    // Templates with other characters are encoded on the wire: their segments are looked at, not their text.
    private static readonly SearchValues<char> Literals = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/{}"
    );

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Check(ToolManifest tool, RequestPreview request, string arguments)
    {
        var where = $"{tool.Endpoint} with {arguments}: {request.Url}";
        Path(tool, request.Url, where);
        Assert.All(request.Headers, header =>
            Assert.True(!header.Value.AsSpan().ContainsAny('\r', '\n', '\0'), $"{header.Key}. {where}")
        );
        if (request.HasBody)
            Body(tool, request, where);
    }

    private static void Path(ToolManifest tool, string url, string where)
    {
        Assert.True(Uri.TryCreate(url, UriKind.Absolute, out _) && Plain().IsMatch(url), where);
        var path = url[url.IndexOf('/', "https://".Length)..].Split('?')[0];
        Assert.True(EndpointTemplate.TryParse(tool.Endpoint, out var template));
        var wide = tool.Arguments!.Values.Any(binding => binding is { In: ArgumentLocation.Path, AllowSlash: true });
        var pattern = Expression()
            .Replace(Regex.Escape(template.Path).Replace("}", "\\}", StringComparison.Ordinal), match =>
                IsWide(tool, match.Groups[1].Value) ? "(.+)" : "([^/]+)"
            );
        var found = Regex.Match(path, $"{pattern}$");
        Assert.True(found.Success || template.Path.AsSpan().ContainsAnyExcept(Literals), $"{pattern}. {where}");
        // A server that decodes before it splits, once, or where a value may hold segments up to three times, would
        // walk up.
        var decoded = path;
        for (var i = 0; i <= (wide ? 3 : 1); i++)
        {
            Assert.DoesNotContain(decoded.Split('/', '\\'), segment => segment is "." or "..");
            Assert.True(!wide || i > 0 || !decoded.Contains("//", StringComparison.Ordinal), where);
            decoded = Uri.UnescapeDataString(decoded);
        }
    }

    private static bool IsWide(ToolManifest tool, string name) =>
        tool.Arguments!.Values.Any(binding =>
            binding is { In: ArgumentLocation.Path, AllowSlash: true } && binding.Name == Regex.Unescape(name)
        );

    private static void Body(ToolManifest tool, RequestPreview request, string where)
    {
        var type = request.Headers.First(header => header.Key == "Content-Type").Value;
        var essence = Essence(type);
        var declared = Essence(tool.Body!.ContentType);
        var bytes = request.Body.Span;
        if (declared == "application/json" || declared.EndsWith("+json", StringComparison.Ordinal))
        {
            Assert.Equal(declared, essence);
            JsonElement.Parse(bytes);
        }
        else if (declared == "application/x-www-form-urlencoded")
        {
            Assert.Equal(declared, essence);
            Assert.True(
                bytes.IsEmpty || Form().IsMatch(Encoding.ASCII.GetString(bytes)),
                $"{Encoding.UTF8.GetString(bytes)}. {where}"
            );
        }
        else if (declared == "application/x-ndjson")
        {
            Assert.Equal(declared, essence);
            Assert.All(Strict.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
                JsonElement.Parse(line)
            );
        }
        else if (declared.StartsWith("multipart/", StringComparison.Ordinal))
        {
            Assert.Equal(declared, essence);
            Parts(
                Encoding.Latin1.GetString(bytes),
                type[(type.IndexOf("boundary=", StringComparison.Ordinal) + 9)..],
                where
            );
        }
        else if (
            declared.StartsWith("text/", StringComparison.Ordinal) || declared.EndsWith("xml", StringComparison.Ordinal)
        )
        {
            Assert.Equal(declared, essence);
            Strict.GetString(bytes);
        }
    }

    // RFC 2046 section 5.1.1, with a part only where a name is.
    private static void Parts(string body, string boundary, string where)
    {
        Assert.True(body.EndsWith($"--{boundary}--\r\n", StringComparison.Ordinal), where);
        var parts = body.Split($"--{boundary}");
        Assert.Equal("", parts[0]);
        Assert.Equal("--\r\n", parts[^1]);
        foreach (var part in parts[1..^1])
        {
            var end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            Assert.True(
                end >= 0
                    && part.StartsWith("\r\n", StringComparison.Ordinal)
                    && part.EndsWith("\r\n", StringComparison.Ordinal),
                where
            );
            var headers = part[2..(end > 2 ? end : 2)].Split("\r\n");
            Assert.All(headers, header =>
                Assert.Matches(
                    "^(Content-Disposition: form-data; name=\"[^\"\r\n]*\"(; filename=\"[^\"\r\n]*\")?|[A-Za-z0-9-]+: [^\r\n]*)$",
                    header
                )
            );
        }
    }

    private static string Essence(string type) => type.Split(';')[0].Trim().ToLowerInvariant();

    // RFC 3986 characters, each % with two digits; no fragment.
    [GeneratedRegex("^https?://[A-Za-z0-9.:\\[\\]-]+/([A-Za-z0-9\\-._~:/?@!$&'()*+,;=\\[\\]|{}]|%[0-9A-F]{2})*$")]
    private static partial Regex Plain();

    [GeneratedRegex(
        "^([A-Za-z0-9\\-._~*+]|%[0-9A-F]{2})*=([A-Za-z0-9\\-._~*+:/?@!$'(),;=\\[\\]]|%[0-9A-F]{2})*(&([A-Za-z0-9\\-._~*+]|%[0-9A-F]{2})*=([A-Za-z0-9\\-._~*+:/?@!$'(),;=\\[\\]]|%[0-9A-F]{2})*)*$"
    )]
    private static partial Regex Form();

    [GeneratedRegex(@"\\\{(.+?)\\\}")]
    private static partial Regex Expression();
}
