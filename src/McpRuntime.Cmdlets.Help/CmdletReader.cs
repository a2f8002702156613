using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace McpRuntime.Cmdlets.Help;

/// <summary>A cmdlet as its attributes describe it.</summary>
internal sealed record CmdletInfo(
    Type Type,
    string Verb,
    string Noun,
    string? DefaultSet,
    IReadOnlyList<Type> Outputs,
    IReadOnlyList<ParameterInfo> Parameters
)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>
    /// The named parameter sets, the default one first, also where no parameter names it; one without a name where
    /// there are none.
    /// </summary>
    public IReadOnlyList<string?> Sets()
    {
        var names = Parameters
            .SelectMany(parameter => parameter.Places)
            .Select(place => place.Set)
            .OfType<string>()
            .Distinct()
            .ToList();
        if (DefaultSet is not null && names.Count > 0)
            return [DefaultSet, .. names.Where(name => name != DefaultSet)];
        return names.Count == 0 ? [null] : [.. names];
    }
}

/// <summary>A parameter and its place in each parameter set; one that PowerShell adds has no property.</summary>
internal sealed record ParameterInfo(
    string Name,
    Type Type,
    PropertyInfo? Property,
    IReadOnlyList<ParameterPlace> Places,
    IReadOnlyList<string> Aliases,
    bool Wildcards
)
{
    /// <summary>What PowerShell adds to a cmdlet that changes something.</summary>
    public static IReadOnlyList<ParameterInfo> OfShouldProcess { get; } =
    [Added("WhatIf", "wi"), Added("Confirm", "cf")];

    public bool IsSwitch => Type == typeof(SwitchParameter);

    public ParameterPlace? In(string? set) => Places.FirstOrDefault(place => place.Set is null || place.Set == set);

    private static ParameterInfo Added(string name, string alias) =>
        new(name, typeof(SwitchParameter), null, [new ParameterPlace(null, false, null, false, false)], [alias], false);
}

/// <summary>Where a parameter stands; <c>Set</c> null means in all sets, <c>Position</c> null by name only.</summary>
internal sealed record ParameterPlace(
    string? Set,
    bool Mandatory,
    int? Position,
    bool FromPipeline,
    bool FromPropertyName
);

/// <summary>
/// Reads attributes as metadata: the reference assembly of PowerShell that is there at build time has no code behind
/// its attributes, so instances of them would say nothing.
/// </summary>
internal static class CmdletReader
{
    public static IReadOnlyList<CmdletInfo> Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file)
                ? context.LoadFromAssemblyPath(file)
                : null;
        return
        [
            .. Assembly
                .LoadFrom(path)
                .GetExportedTypes()
                .Select(Describe)
                .OfType<CmdletInfo>()
                .OrderBy(cmdlet => cmdlet.Noun, StringComparer.Ordinal)
                .ThenBy(cmdlet => cmdlet.Verb, StringComparer.Ordinal),
        ];
    }

    private static CmdletInfo? Describe(Type type)
    {
        if (Attributes(type, nameof(CmdletAttribute)).FirstOrDefault() is not { } cmdlet)
            return null;
        var outputs = Attributes(type, nameof(OutputTypeAttribute)).SelectMany(OutputTypes);
        return new CmdletInfo(
            type,
            (string)cmdlet.ConstructorArguments[0].Value!,
            (string)cmdlet.ConstructorArguments[1].Value!,
            Named(cmdlet, "DefaultParameterSetName") as string,
            [.. outputs.Where(output => output != typeof(void))],
            [
                .. type.GetProperties().Concat(Offered(type)).Select(Describe).OfType<ParameterInfo>(),
                .. Named(cmdlet, "SupportsShouldProcess") is true ? ParameterInfo.OfShouldProcess : [],
            ]
        );
    }

    // Dynamic parameters that a cmdlet always has.
    private static IEnumerable<PropertyInfo> Offered(Type type) =>
        Attributes(type, "OffersParametersAttribute")
            .SelectMany(attribute => ((Type)attribute.ConstructorArguments[0].Value!).GetProperties());

    private static ParameterInfo? Describe(PropertyInfo property)
    {
        var places = Attributes(property, nameof(ParameterAttribute))
            .Where(attribute => Named(attribute, nameof(ParameterAttribute.DontShow)) is not true)
            .Select(Place)
            .ToList();
        if (places.Count == 0)
            return null;
        var aliases = Attributes(property, nameof(AliasAttribute))
            .SelectMany(alias => (IEnumerable<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
            .Select(alias => (string)alias.Value!);
        return new ParameterInfo(
            property.Name,
            property.PropertyType,
            property,
            places,
            [.. aliases],
            Attributes(property, "SupportsWildcardsAttribute").Any()
        );
    }

    private static ParameterPlace Place(CustomAttributeData attribute) =>
        new(
            Named(attribute, "ParameterSetName") as string,
            Named(attribute, "Mandatory") is true,
            Named(attribute, "Position") as int?,
            Named(attribute, "ValueFromPipeline") is true,
            Named(attribute, "ValueFromPipelineByPropertyName") is true
        );

    private static IEnumerable<Type> OutputTypes(CustomAttributeData attribute) =>
        attribute
            .ConstructorArguments.SelectMany(argument =>
                argument.Value is IEnumerable<CustomAttributeTypedArgument> list
                    ? list.Select(item => item.Value)
                    : [argument.Value]
            )
            .OfType<Type>();

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == name);

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;
}
