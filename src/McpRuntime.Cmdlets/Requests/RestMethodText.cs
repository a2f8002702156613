using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;
using McpRuntime.Calls.Request;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Requests;

/// <summary>
/// A request as an <c>Invoke-RestMethod</c> command that sends the same bytes: target, header fields and body. Secrets
/// are variables, which the user sets before.
/// </summary>
internal sealed class RestMethodText
{
    // PowerShell's WebRequestMethod; others are -CustomMethod.
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "HEAD",
        "POST",
        "PUT",
        "DELETE",
        "TRACE",
        "OPTIONS",
        "MERGE",
        "PATCH",
    };

    private readonly MaskedRequest _request;
    private readonly PlaceholderVariables _variables = new();
    private readonly StringBuilder _line = new("Invoke-RestMethod");

    private RestMethodText(MaskedRequest request) => _request = request;

    /// <param name="request">The request.</param>
    /// <param name="maxBody">Longest body that is written out, in bytes; a file stands for a longer one.</param>
    public static string Of(MaskedRequest request, int maxBody)
    {
        if (request.Headers.FirstOrDefault(header => !Ascii.IsValid(header.Value)) is { Key: { } name })
            return $"# Invoke-RestMethod cannot send this request: the header field {name} is not ASCII.";
        return new RestMethodText(request).Write(maxBody);
    }

    private string Write(int maxBody)
    {
        _line.Append(' ').Append(Url());
        if (_request.Method != "GET")
            _line.Append(Methods.Contains(_request.Method) ? " -Method " : " -CustomMethod ").Append(_request.Method);
        var headers = Headers();
        if (headers.Count > 0)
            _line
                .Append(" -Headers @{ ")
                .AppendJoin("; ", headers.Select(header => $"{Key(header.Name)} = {header.Value}"))
                .Append(" }");
        var contentType = _request.Headers.LastOrDefault(header => IsContentType(header.Key)).Value;
        // PowerShell gives a POST without one the type of a form.
        if (contentType is null && _request.Method == "POST")
            contentType = "";
        if (contentType is not null)
            _line.Append(" -ContentType ").Append(PowerShellString.Of(contentType));
        // PowerShell would otherwise refuse some values, and write others anew.
        if (contentType?.Length == 0 || headers.Count > 0)
            _line.Append(" -SkipHeaderValidation");
        if (_request.HasCertificate)
            _line.Append(" -Certificate ").Append(_variables.Certificate());
        if (_request.HasBody)
            _line.Append(Body(contentType ?? "", maxBody));
        return string.Join(Environment.NewLine, _variables.Notes.Select(note => $"# {note}").Append(_line.ToString()));
    }

    private string Url()
    {
        var secrets = _request.Credentials.Where(sent => sent.In == ArgumentLocation.Query).ToList();
        var text = new StringBuilder(PowerShellString.Expandable(_request.BareUrl));
        foreach (var sent in secrets)
        {
            var separator = text.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?';
            text.Append(separator).Append(PowerShellString.Expandable(Uri.EscapeDataString(sent.Name)));
            text.Append(CultureInfo.InvariantCulture, $"=$([uri]::EscapeDataString({_variables.For(sent)}))");
        }
        var quoted = secrets.Count == 0 ? PowerShellString.Of(_request.BareUrl) : $"\"{text}\"";
        // A Uri would otherwise resolve dot segments and decode what is encoded without need.
        return IsCanonical(_request.BareUrl)
            ? quoted
            : $"([uri]::new({quoted}, [ref][UriCreationOptions]@{{ DangerousDisablePathAndQueryCanonicalization "
                + $"= $true }}))";
    }

    private List<(string Name, string Value)> Headers()
    {
        var headers = new List<(string Name, List<string> Parts)>();
        foreach (var (name, value) in _request.BareHeaders.Where(header => !IsContentType(header.Key)))
            Add(name, PowerShellString.Expandable(value), ", ");
        foreach (var sent in _request.Credentials)
        {
            var value = sent.Prefix is null ? "" : PowerShellString.Expandable(sent.Prefix) + " ";
            if (sent.In == ArgumentLocation.Header)
                Add(sent.Name, value + _variables.Within(sent), ", ");
            else if (sent.In == ArgumentLocation.Cookie)
                Add("Cookie", $"{PowerShellString.Expandable(sent.Name)}={value}{_variables.Within(sent)}", "; ");
        }
        return headers.ConvertAll(header => (header.Name, Quoted(header.Name, header.Parts)));

        // A hashtable has each name once (RFC 9110 section 5.3).
        void Add(string name, string value, string separator)
        {
            var at = headers.FindIndex(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
                headers.Add((name, [value]));
            else
                headers[at].Parts.AddRange([separator, value]);
        }
    }

    private string Quoted(string name, List<string> parts)
    {
        var plain = _request
            .BareHeaders.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return parts.Count == 1 && plain.Count == 1
            ? PowerShellString.Of(plain[0].Value)
            : $"\"{string.Concat(parts)}\"";
    }

    private string Body(string contentType, int maxBody)
    {
        var body = _request.Body.Span;
        if (body.Length > maxBody)
        {
            _variables.Add($"The body of {Tracing.ByteCount.Exact(body.Length)} is not shown; save it as body.bin.");
            return " -InFile ./body.bin";
        }
        return IsText(contentType, body)
            ? $" -Body {PowerShellString.Of(Encoding.UTF8.GetString(body))}"
            : $" -Body ([Convert]::FromBase64String('{Convert.ToBase64String(body)}'))";
    }

    // PowerShell encodes a string by the charset of its type, UTF-8 without one.
    private static bool IsText(string contentType, ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body)
        && !body.Contains((byte)0)
        && (
            !contentType.Contains("charset", StringComparison.OrdinalIgnoreCase)
            || (
                MediaTypeHeaderValue.TryParse(contentType, out var type)
                && type.CharSet?.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase) == true
            )
        );

    private static string Key(string name) => name.All(char.IsAsciiLetter) ? name : PowerShellString.Of(name);

    private static bool IsContentType(string name) => name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);

    private static bool IsCanonical(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && url.EndsWith(uri.PathAndQuery, StringComparison.Ordinal)
        && uri.Fragment.Length == 0
        && $"{uri.Scheme}://{uri.Authority}{uri.PathAndQuery}".Equals(url, StringComparison.OrdinalIgnoreCase);
}
