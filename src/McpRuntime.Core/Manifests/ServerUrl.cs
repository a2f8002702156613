using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Http;

namespace McpRuntime.Manifests;

/// <summary>
/// The server of a tool with its variables filled in from settings and defaults, never from arguments.
/// </summary>
internal static class ServerUrl
{
    /// <returns>An absolute http(s) URL without a slash at the end, as it is on the wire.</returns>
    public static string Resolve(ConnectorManifest connector, ToolManifest tool, Func<string, string?> environment)
    {
        var template = tool.Server ?? connector.BaseUrl;
        var url = Fill(connector, template, environment);
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0
        )
            throw new CallException(
                $"The server '{url}' of '{connector.Name}' is not an absolute http or https URL; correct "
                    + $"base_url in the manifest."
            );
        if (uri.UserInfo.Length > 0)
            throw new CallException(
                $"The server of '{connector.Name}' contains user information before '@'. Remove it from "
                    + $"base_url; use security_schemes for credentials."
            );
        if (url.Contains('?', StringComparison.Ordinal) || url.Contains('#', StringComparison.Ordinal))
            throw new CallException(
                $"The server '{url}' of '{connector.Name}' has a query or fragment; move the query to the "
                    + $"tools' endpoints."
            );
        var path = new StringBuilder(uri.GetLeftPart(UriPartial.Authority));
        UrlText.AppendLiteral(path, PathOf(url));
        return path.ToString().TrimEnd('/');
    }

    /// <summary>A URL of the manifest with its variables filled in.</summary>
    public static string Fill(ConnectorManifest connector, string template, Func<string, string?> environment)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
            return template;
        var url = new StringBuilder();
        for (var i = 0; i < template.Length; )
        {
            var open = template.IndexOf('{', i);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
                return url.Append(template, i, template.Length - i).ToString();
            url.Append(template, i, open - i);
            var inHost = url.ToString().IndexOf('/', SchemeEnd(url)) < 0;
            url.Append(Value(connector, template[(open + 1)..close], inHost, environment));
            i = close + 1;
        }
        return url.ToString();
    }

    private static ReadOnlySpan<char> PathOf(string url)
    {
        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = url.IndexOf('/', authority);
        return slash < 0 ? [] : url.AsSpan(slash);
    }

    private static int SchemeEnd(StringBuilder url)
    {
        var scheme = url.ToString().IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? 0 : scheme + 3;
    }

    private static string Value(
        ConnectorManifest connector,
        string name,
        bool inHost,
        Func<string, string?> environment
    )
    {
        var setting = SettingName.ForServerVariable(connector.Name, name);
        var variable = connector.ServerVariables.GetValueOrDefault(name)
            ?? throw new CallException(
                $"The server of '{connector.Name}' has the variable '{{{name}}}', which server_variables does "
                    + $"not define. Add it to the manifest."
            );
        var value = environment(setting)
            ?? variable.Default
            ?? throw new CallException(
                $"The server variable '{name}' of '{connector.Name}' has no default. Set {setting}."
            );
        if (variable.Enum.Count > 0 && !variable.Enum.Contains(value))
            throw new CallException(
                $"The server variable '{name}' of '{connector.Name}' is '{value}', which is not allowed. Set "
                    + $"{setting} to one of: {string.Join(", ", variable.Enum)}."
            );
        // A value in the host must not end it: 'evil.example/' or 'x@evil.example' would name another server.
        if (inHost && value.AsSpan().IndexOfAny("/\\@?#") >= 0)
            throw new CallException(
                $"The server variable '{name}' of '{connector.Name}' is '{value}', but it is part of the "
                    + $"host, where / \\ @ ? and # are not allowed. Set {setting} to another value."
            );
        return value;
    }
}
