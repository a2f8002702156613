using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace McpRuntime.Cmdlets.Binding;

/// <summary>The properties of <see cref="CallParameters"/> as dynamic parameters of one call of the command.</summary>
/// <remarks>
/// Among dynamic parameters the full name wins, so that an argument of the tool keeps its name although it is an
/// abbreviation of one of these. Each of these that takes a value has a hidden twin, which makes its abbreviations
/// ambiguous.
/// </remarks>
internal sealed class OfferedParameters
{
    private const string Twin = "InFull";

    private static readonly PropertyInfo[] Properties = typeof(CallParameters).GetProperties();

    private readonly RuntimeDefinedParameter[] _parameters = Array.ConvertAll(
        Properties,
        static property => new RuntimeDefinedParameter(
            property.Name,
            property.PropertyType,
            [.. property.GetCustomAttributes<Attribute>().Where(IsEngines)]
        )
    );

    /// <summary>Names that no argument of a tool can have as a parameter.</summary>
    public static IReadOnlySet<string> Names { get; } =
        Properties
            .Where(property => GivesWay(property) is null)
            .SelectMany(property => new[] { property.Name, property.Name + Twin })
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="dictionary">Has the arguments of the tool.</param>
    /// <param name="hasPages">The tool has pages, or is not known.</param>
    public void AddTo(RuntimeDefinedParameterDictionary dictionary, bool hasPages)
    {
        foreach (var (property, parameter) in Properties.Zip(_parameters))
        {
            if (
                GivesWay(property) is { } gives
                && ((gives.OnlyForPages && !hasPages) || dictionary.ContainsKey(parameter.Name))
            )
                continue;
            dictionary.Add(parameter.Name, parameter);
            if (parameter.ParameterType != typeof(SwitchParameter))
                dictionary.Add(parameter.Name + Twin, TwinOf(parameter.Name));
        }
    }

    /// <summary>What the line gives.</summary>
    public CallParameters Read()
    {
        var given = new CallParameters();
        foreach (var (property, parameter) in Properties.Zip(_parameters))
        {
            if (parameter.IsSet)
                property.SetValue(given, parameter.Value is PSObject wrapped ? wrapped.BaseObject : parameter.Value);
        }
        return given;
    }

    private static RuntimeDefinedParameter TwinOf(string name) =>
        new(
            name + Twin,
            typeof(FullNameOnly),
            new Collection<Attribute>
            {
                new ParameterAttribute { DontShow = true, ParameterSetName = FullNameOnly.ParameterSet },
                new TwinOfAttribute(name),
            }
        );

    private static GivesWayAttribute? GivesWay(PropertyInfo property) =>
        property.GetCustomAttribute<GivesWayAttribute>();

    // Not those of the compiler.
    private static bool IsEngines(Attribute attribute) =>
        attribute.GetType().Assembly == typeof(ParameterAttribute).Assembly;
}
