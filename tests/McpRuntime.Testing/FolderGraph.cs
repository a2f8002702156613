using System.Reflection;
using Mono.Cecil;

namespace McpRuntime.Testing;

/// <summary>
/// Which folders of an assembly depend on which, read from its types: base types, signatures, fields, attributes and
/// the bodies of methods. Folders are namespaces below a root.
/// </summary>
public sealed class FolderGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _edges = new(StringComparer.Ordinal);

    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);

    private FolderGraph() { }

    /// <summary>All folders.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    /// <summary>For each folder, the folders that it depends on.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Dependencies =>
        _edges.ToDictionary(edge => edge.Key, IReadOnlyCollection<string> (edge) => edge.Value.Keys);

    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="root">Namespace of the project; types directly in it belong to no folder.</param>
    /// <param name="depth">How many levels of folders are told from each other; 1 or more.</param>
    /// <param name="withRoot">Types directly in the root are their own folder, named ".".</param>
    public static FolderGraph Of(string assembly, string root, int depth = 1, bool withRoot = false)
    {
        var graph = new FolderGraph();
        using var resolver = new DefaultAssemblyResolver();
        // The arguments of an attribute are read with the type of its enums, which may be another assembly's.
        resolver.ResolveFailure += (_, name) => AssemblyDefinition.ReadAssembly(Assembly.Load(name.FullName).Location);
        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = resolver });
        foreach (var type in module.GetTypes())
        {
            if (Folder(type, root, depth, withRoot) is not { } from)
                continue;
            graph._folders.Add(from);
            foreach (var used in TypeUse.Of(type))
            {
                if (Folder(used, root, depth, withRoot) is { } to && to != from && Outermost(used).Scope == module)
                    graph.Add(from, to, $"{Outermost(type).Name} uses {Outermost(used).Name}");
            }
        }
        // A test of folders that are not there could not fail.
        return graph._folders.Count > 1
            ? graph
            : throw new ArgumentException($"There are no folders below {root}.", nameof(root));
    }

    /// <summary>An example of why a folder depends on another.</summary>
    public string Reason(string from, string to) => _edges[from][to];

    /// <summary>
    /// The folders of a cycle in their order, with an example for each step; null where there is none.
    /// </summary>
    public string? FindCycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var folder in _edges.Keys)
        {
            if (Visit(folder) is { } cycle)
                return cycle;
        }
        return null;

        string? Visit(string folder)
        {
            var start = path.IndexOf(folder);
            if (start >= 0)
                return Describe([.. path[start..], folder]);
            if (!_edges.TryGetValue(folder, out var targets) || done.Contains(folder))
                return null;
            path.Add(folder);
            foreach (var target in targets.Keys)
            {
                if (Visit(target) is { } cycle)
                    return cycle;
            }
            path.RemoveAt(path.Count - 1);
            done.Add(folder);
            return null;
        }
    }

    private string Describe(List<string> cycle) =>
        string.Join("; ", cycle.Zip(cycle.Skip(1), (from, to) => $"{from} → {to} ({Reason(from, to)})"));

    private void Add(string from, string to, string reason)
    {
        if (!_edges.TryGetValue(from, out var targets))
            _edges[from] = targets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        targets.TryAdd(to, reason);
    }

    private static string? Folder(TypeReference type, string root, int depth, bool withRoot)
    {
        var name = Outermost(type).Namespace;
        if (name == root)
            return withRoot ? "." : null;
        return name.StartsWith(root + ".", StringComparison.Ordinal)
            ? string.Join('.', name[(root.Length + 1)..].Split('.').Take(depth))
            : null;
    }

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }
}
