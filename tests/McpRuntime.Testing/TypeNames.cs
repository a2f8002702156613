using System.Reflection;

namespace McpRuntime.Testing;

/// <summary>Names of the types of assemblies.</summary>
public static class TypeNames
{
    /// <summary>
    /// The names that several types have, each with its namespaces. Types within others are not looked at.
    /// </summary>
    public static IEnumerable<string> Repeated(params Assembly[] assemblies) =>
        assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsNested && type.Namespace?.StartsWith("McpRuntime", StringComparison.Ordinal) == true)
            .GroupBy(type => type.Name)
            .Where(types => types.Count() > 1)
            .Select(types => $"{types.Key}: {string.Join(", ", types.Select(type => type.Namespace))}");
}
