using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;

namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>What the class of a command says: its parameters, and the tools of its parameter sets.</summary>
internal sealed class ApiCommandShape
{
    private static readonly ConcurrentDictionary<Type, ApiCommandShape> Known = [];

    private ApiCommandShape(Type command)
    {
        Assembly = command.Assembly;
        Source = Assembly.GetCustomAttribute<ApiSourceAttribute>()
            ?? throw new InvalidOperationException($"{Assembly.GetName().Name} does not say where its tools are.");
        Sets = [.. command.GetCustomAttributes<ApiToolAttribute>()];
        Fields = command
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
    }

    public static ApiCommandShape Of(Type command) => Known.GetOrAdd(command, static type => new ApiCommandShape(type));

    public Assembly Assembly { get; }

    public ApiSourceAttribute Source { get; }

    public IReadOnlyList<ApiToolAttribute> Sets { get; }

    /// <summary>One of the sets has -First, -Skip and -All.</summary>
    public bool HasPages => Sets.Any(set => set.HasPages);

    /// <summary>The parameters, by their names.</summary>
    public IReadOnlyDictionary<string, FieldInfo> Fields { get; }

    /// <summary>
    /// What the pipeline brought for parameters that the line does not give. Their fields, and not the bound
    /// parameters, which keep the values of the object before.
    /// </summary>
    public IReadOnlyDictionary<string, object> FieldValues(object command, IReadOnlyDictionary<string, object?> line)
    {
        var values = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, field) in Fields)
        {
            if (!line.ContainsKey(name) && field.GetValue(command) is { } value && !IsAbsent(value))
                values.Add(name, value);
        }
        return values;
    }

    private static bool IsAbsent(object value) => value is SwitchParameter { IsPresent: false };
}
