using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Brings a path template and its parameters together: each name in the braces is filled by exactly one parameter.
/// </summary>
/// <param name="Path">The manifest's path, query and fragment.</param>
/// <param name="Parameters">The operation's parameters, with those added that the template needs, and without those
/// that are not in it.</param>
internal readonly record struct EndpointPath(string Path, IReadOnlyList<Parameter> Parameters)
{
    internal static EndpointPath Of(OperationHead head, IReadOnlyList<Parameter> parameters, ImportFindings findings) =>
        IsComplete(head.Path, parameters)
            ? new EndpointPath(head.Path, parameters)
            : Completed(head, parameters, findings);

    private static EndpointPath Completed(
        OperationHead head,
        IReadOnlyList<Parameter> parameters,
        ImportFindings findings
    )
    {
        var all = new List<Parameter>(parameters);
        var path = PathQuery.Take(head.Path, all, name => Undeclared(head, name, ArgumentLocation.Query));
        var template = Names(path);
        foreach (var name in template.Where(name => !Declares(all, name)))
        {
            if (Plain(name) is { Length: > 0 } plain && plain != name && Declares(all, plain))
                path = path.Replace(
                    $"{{{name}}}",
                    name[0] == '/' ? $"/{{{plain}}}" : $"{{{plain}}}",
                    StringComparison.Ordinal
                );
        }
        var wide = template
            .Where(CatchAll.Is)
            .SelectMany(name => (IEnumerable<string>)[name, Plain(name)])
            .ToHashSet(StringComparer.Ordinal);
        template = Names(path);
        var names = new HashSet<string>(template, StringComparer.Ordinal);
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (all[i].Binding.In != ArgumentLocation.Path)
                continue;
            var name = PathSpelling.Name(all[i].Name);
            if (names.Remove(name))
            {
                if (name != all[i].Name)
                    all[i] = all[i].At(all[i].Binding with { Name = name });
                continue;
            }
            findings.Warn(
                ImportRules.PathParameter,
                all[i].Node,
                $"The path parameter '{all[i].Name}' is not in {head.Path} as {{{all[i].Name}}}; ignored."
            );
            all.RemoveAt(i);
        }
        for (var i = 0; wide.Count > 0 && i < all.Count; i++)
        {
            if (
                all[i].Binding is { In: ArgumentLocation.Path, AllowSlash: false } binding
                && wide.Contains(PathSpelling.Name(all[i].Name))
            )
                all[i] = all[i].At(binding with { AllowSlash = true });
        }
        var at = 0;
        foreach (var name in template)
        {
            if (!names.Remove(name))
                continue;
            findings.Warn(
                ImportRules.PathParameter,
                head.Node,
                $"{head.Method} {head.Path} has no parameter for {{{name}}}; a required string is assumed."
            );
            var assumed = Undeclared(head, name, ArgumentLocation.Path);
            all.Insert(at++, wide.Contains(name) ? assumed.At(assumed.Binding with { AllowSlash = true }) : assumed);
        }
        return new EndpointPath(path, all);
    }

    // Each name once, with its parameter, and no parameter more: what nearly all documents write.
    private static bool IsComplete(string path, IReadOnlyList<Parameter> parameters)
    {
        if (path.AsSpan().IndexOfAny('?', '#') >= 0 || !PathSpelling.IsGood(path))
            return false;
        var names = 0;
        for (var open = path.IndexOf('{', StringComparison.Ordinal); open >= 0; names++)
        {
            var close = path.IndexOf('}', open);
            var name = close < 0 ? default : path.AsSpan(open + 1, close - open - 1);
            if (
                close < 0
                || !HasPathParameter(parameters, name)
                || CatchAll.Is(name.ToString())
                || path.AsSpan(0, open).Contains(path.AsSpan(open, close - open + 1), StringComparison.Ordinal)
            )
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

    private static IReadOnlyList<string> Names(string path) =>
        EndpointTemplate.TryParse($"GET {path}", out var parsed) ? [.. parsed.PathNames()] : [];

    private static bool Declares(List<Parameter> parameters, string name) =>
        parameters.Exists(parameter =>
            parameter.Binding.In == ArgumentLocation.Path && PathSpelling.Name(parameter.Name) == name
        );

    // What routers write around a name: {path+}, {path*}, {id:[0-9]+}, {name=projects/*}, and RFC 6570's {+path},
    // {.path}, {;path} and {/path*}.
    private static string Plain(string name)
    {
        var end = name.AsSpan().IndexOfAny(':', '=');
        return (end < 0 ? name : name[..end]).Trim('+', '*', '_').TrimStart('.', ';', '/');
    }

    private static Parameter Undeclared(OperationHead head, string name, ArgumentLocation location) =>
        new()
        {
            Name = name,
            Node = head.Node,
            IsAssumed = true,
            IsRequired = location == ArgumentLocation.Path,
            Schema = head.Node.Child("parameters", StringSchema),
            Binding = new ArgumentBinding { In = location, Name = name },
        };

    private static System.Text.Json.JsonElement StringSchema { get; } =
        System.Text.Json.JsonElement.Parse("""{"type":"string"}"""u8);
}
