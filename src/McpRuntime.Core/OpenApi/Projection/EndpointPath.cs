using McpRuntime.Manifests;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Brings a path template and its parameters together: each name in the braces is filled by exactly one parameter.
/// </summary>
/// <param name="Path">The manifest's path, query and fragment.</param>
/// <param name="Parameters">The operation's parameters, those added that the template needs and without those it has no place for.</param>
internal sealed record EndpointPath(string Path, IReadOnlyList<Parameter> Parameters)
{
    internal static EndpointPath Of(OperationHead head, IReadOnlyList<Parameter> parameters, ImportFindings findings)
    {
        if (IsComplete(head.Path, parameters))
            return new EndpointPath(head.Path, parameters);
        var all = new List<Parameter>(parameters);
        var path = WithoutQueryVariables(head, all);
        IReadOnlyList<string> template = EndpointTemplate.TryParse($"GET {path}", out var parsed) ? [.. parsed.PathNames()] : [];
        var names = new HashSet<string>(template, StringComparer.Ordinal);
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (all[i].Binding.In == ArgumentLocation.Path && !names.Remove(all[i].Name))
            {
                findings.Warn(
                    "path-parameter", all[i].Node,
                    $"The path parameter '{all[i].Name}' does not stand in {head.Path} as {{{all[i].Name}}}; it is passed over.");
                all.RemoveAt(i);
            }
        }
        var at = 0;
        foreach (var name in template)
        {
            if (!names.Remove(name))
                continue;
            findings.Warn(
                "path-parameter", head.Node, $"{head.Method} {head.Path} has no parameter for {{{name}}}; a required string is assumed.");
            all.Insert(at++, Undeclared(head, name, ArgumentLocation.Path));
        }
        return new EndpointPath(path, all);
    }

    // Each name once, with its parameter, and no parameter more: what nearly all documents write.
    private static bool IsComplete(string path, IReadOnlyList<Parameter> parameters)
    {
        if (path.AsSpan().IndexOfAny('?', '#') >= 0)
            return false;
        var names = 0;
        for (var open = path.IndexOf('{', StringComparison.Ordinal); open >= 0; names++)
        {
            var close = path.IndexOf('}', open);
            var name = close < 0 ? default : path.AsSpan(open + 1, close - open - 1);
            if (close < 0 || !HasPathParameter(parameters, name) || path.AsSpan(0, open).Contains(path.AsSpan(open, close - open + 1), StringComparison.Ordinal))
                return false;
            open = path.IndexOf('{', close);
        }
        for (var i = 0; i < parameters.Count; i++)
            names -= parameters[i].Binding.In == ArgumentLocation.Path ? 1 : 0;
        return names == 0;
    }

    private static bool HasPathParameter(IReadOnlyList<Parameter> parameters, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Binding.In == ArgumentLocation.Path && name.SequenceEqual(parameters[i].Name))
                return true;
        }
        return false;
    }

    // Some documents write a query into the path. Its constants are sent; its variables are query parameters.
    private static string WithoutQueryVariables(OperationHead head, List<Parameter> parameters)
    {
        var path = head.Path;
        var question = path.IndexOf('?', StringComparison.Ordinal);
        if (question < 0 || path.IndexOf('{', question) < 0)
            return path;
        var hash = path.IndexOf('#', question);
        var query = hash < 0 ? path[(question + 1)..] : path[(question + 1)..hash];
        var constants = new List<string>();
        foreach (var pair in query.TrimStart('{', '?', '&').Split('&', ','))
        {
            if (!pair.Contains('{', StringComparison.Ordinal) && !pair.Contains('}', StringComparison.Ordinal))
            {
                constants.Add(pair);
                continue;
            }
            var name = pair.Split('=')[0].Trim('{', '}', '?', '*');
            if (name.Length > 0 && !parameters.Exists(parameter => parameter.Name == name && parameter.Binding.In == ArgumentLocation.Query))
                parameters.Add(Undeclared(head, name, ArgumentLocation.Query));
        }
        return path[..question] + (constants.Count > 0 ? "?" + string.Join('&', constants) : "") + (hash < 0 ? "" : path[hash..]);
    }

    private static Parameter Undeclared(OperationHead head, string name, ArgumentLocation location) => new()
    {
        Name = name,
        Node = head.Node,
        IsRequired = location == ArgumentLocation.Path,
        Schema = head.Node.Child("parameters", StringSchema),
        Binding = new ArgumentBinding { In = location, Name = name },
    };

    private static System.Text.Json.JsonElement StringSchema { get; } =
        System.Text.Json.JsonElement.Parse("""{"type":"string"}"""u8);
}
