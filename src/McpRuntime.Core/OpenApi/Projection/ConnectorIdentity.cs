using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Naming;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Name and version of a connector, from what a document calls itself.</summary>
internal static partial class ConnectorIdentity
{
    private const int MaxNameLength = 60;

    /// <summary>
    /// A name in a connector's spelling: <c>Swagger Petstore - OpenAPI 3.0</c> is <c>swagger-petstore-openapi-3-0</c>.
    /// </summary>
    internal static string Name(string? title)
    {
        var name = new StringBuilder();
        foreach (var part in SnakeCase.Words((title ?? "").ToLowerInvariant()))
        {
            // A name begins with a letter.
            var word = name.Length == 0 ? part.TrimStart([.. "0123456789"]) : part;
            if (word.Length == 0)
                continue;
            if (name.Length + word.Length >= MaxNameLength)
                break;
            name.Append(name.Length == 0 ? "" : "-").Append(word);
        }
        var text = name.Length == 0 ? "api" : name.ToString();
        return ConnectorName.IsValid(text) ? text : text + "-api";
    }

    /// <summary>
    /// The version as SemVer 2.0: <c>v1</c> is 1.0.0, <c>2024-10-01</c> is 2024.10.1; 1.0.0 where nothing can be made
    /// of it.
    /// </summary>
    internal static string Version(string? version)
    {
        var text = version?.Trim() ?? "";
        if (text.Length is > 0 and <= 100 && SemanticVersion.IsValid(text))
            return text;
        var numbers = new List<string>(3);
        foreach (var part in Numbers().EnumerateMatches(text))
        {
            if (
                numbers.Count == 3
                || !long.TryParse(
                    text.AsSpan(part.Index, part.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
                break;
            numbers.Add(number.ToString(CultureInfo.InvariantCulture));
        }
        if (numbers.Count == 0)
            return "1.0.0";
        while (numbers.Count < 3)
            numbers.Add("0");
        return string.Join('.', numbers);
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
