using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// A query that a document writes into a path, which OpenAPI does not foresee: <c>/a?type=b&amp;id={id}</c>, or the
/// form <c>/a{?id,page}</c> of RFC 6570. Its constants are sent; its variables are query parameters.
/// </summary>
internal static class PathQuery
{
    /// <summary>
    /// The path with the constants of its query and with its fragment; without one, the names of the variables tell it
    /// from other operations on the path.
    /// </summary>
    /// <param name="path">As the document has it.</param>
    /// <param name="parameters">Those of the operation; changed where the query names them, and added to.</param>
    /// <param name="undeclared">Makes a parameter for a name that none has.</param>
    internal static string Take(string path, List<Parameter> parameters, Func<string, Parameter> undeclared)
    {
        var question = Start(path);
        if (question < 0)
            return PathSpelling.Path(path);
        var hash = path.IndexOf('#', question);
        var query = hash < 0 ? path[(question + 1)..] : path[(question + 1)..hash];
        var (constants, variables) = (new List<string>(), new List<string>());
        foreach (var pair in query.TrimStart('{', '?', '&').Split('&', ','))
        {
            if (pair.AsSpan().IndexOfAny('{', '}') >= 0 || path[question] == '{')
            {
                if (AddVariable(pair, parameters, undeclared) is { } name)
                    variables.Add(PathSpelling.Name(name));
            }
            else if (pair.Length > 0)
                constants.Add(PathSpelling.Path(pair));
        }
        return PathSpelling.Path(path[..question])
            + (constants.Count > 0 ? "?" + string.Join('&', constants) : "")
            + (
                hash >= 0 ? PathSpelling.Path(path[hash..])
                : variables.Count > 0 ? "#" + string.Join('-', variables)
                : ""
            );
    }

    // Not the '?' within a name in braces, unless the brace opens with it.
    private static int Start(string path)
    {
        var open = path.IndexOf("{?", StringComparison.Ordinal);
        var question = path.IndexOf('?', StringComparison.Ordinal);
        while (
            question > 0
            && path.LastIndexOf('{', question) is >= 0 and var brace
            && path.IndexOf('}', brace) > question
            && brace != open
        )
            question = path.IndexOf('?', question + 1);
        return open >= 0 && (question < 0 || open < question) ? open : question;
    }

    private static string? AddVariable(string pair, List<Parameter> parameters, Func<string, Parameter> undeclared)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var key = (equals < 0 ? pair : pair[..equals]).Trim('{', '}', '?', '*', ' ');
        if (key.Length == 0)
            return null;
        if (parameters.Exists(parameter => parameter.Binding.In == ArgumentLocation.Query && parameter.Name == key))
            return key;
        var value = equals < 0 ? key : pair[(equals + 1)..].Trim('{', '}', '*', ' ');
        // Declared as a part of the path, in whose query it is.
        var declared = parameters.FindIndex(parameter =>
            parameter.Binding.In == ArgumentLocation.Path && parameter.Name == value
        );
        if (declared < 0)
        {
            parameters.Add(undeclared(key));
            return key;
        }
        var binding = parameters[declared].Binding;
        parameters[declared] = parameters[declared]
            .At(
                binding with
                {
                    In = ArgumentLocation.Query,
                    Name = key,
                    Style = null,
                    Explode = binding.Explode ?? false,
                }
            );
        return key;
    }
}
