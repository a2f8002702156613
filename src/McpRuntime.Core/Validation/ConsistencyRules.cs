using System.Globalization;
using System.Text.RegularExpressions;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Strict rules about endpoints that name one path in different ways.</summary>
internal sealed partial class ConsistencyRules(FindingList findings)
{
    private readonly Dictionary<string, (EndpointTemplate Endpoint, int Index)> _paths = new(StringComparer.Ordinal);

    public void Check(ToolContext context)
    {
        if (context.Endpoint is not { } endpoint)
            return;
        if (endpoint.Path.Contains("//", StringComparison.Ordinal))
        {
            findings.Warning(
                ValidationRules.EndpointConsistency,
                context.At("endpoint"),
                $"{context.Label} has an empty segment ('//') in its path '{endpoint.Path}'; remove a slash "
                    + $"unless the API wants it."
            );
        }
        var key = Argument().Replace(endpoint.Path, "{}").TrimEnd('/').ToLowerInvariant();
        if (!_paths.TryAdd(key, (endpoint, context.Index)) && _paths[key].Endpoint.Path != endpoint.Path)
        {
            findings.Warning(
                ValidationRules.EndpointConsistency,
                context.At("endpoint"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{context.Label} writes the path as '{endpoint.Path}' and tool {_paths[key].Index + 1} "
                        + $"as '{_paths[key].Endpoint.Path}'; write one path in one way."
                )
            );
        }
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();
}
