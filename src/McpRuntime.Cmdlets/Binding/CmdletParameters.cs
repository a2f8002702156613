using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;

namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// Names that PowerShell binds to a cmdlet itself: its parameters, the common ones, and their aliases.
/// </summary>
internal sealed class CmdletParameters
{
    private static readonly ConcurrentDictionary<Type, CmdletParameters> Known = [];

    private readonly IReadOnlyList<string> _names;

    private readonly IReadOnlySet<string> _offered;

    private CmdletParameters(Type cmdlet)
    {
        _names =
        [
            .. NamesOf(cmdlet),
            .. NamesOf(typeof(CommonParameters)),
            .. NamesOf(typeof(ShouldProcessParameters)),
        ];
        _offered = cmdlet.IsDefined(typeof(OffersParametersAttribute))
            ? OfferedParameters.Names
            : new HashSet<string>();
    }

    public static CmdletParameters Of(Type cmdlet) => Known.GetOrAdd(cmdlet, static type => new CmdletParameters(type));

    /// <summary>
    /// The name is one of them, or an abbreviation of one as PowerShell compares them. Of those that are offered next
    /// to a tool's arguments, only the full name is taken.
    /// </summary>
    public bool Takes(string name) =>
        _offered.Contains(name)
        || _names.Any(own => CultureInfo.InvariantCulture.CompareInfo.IsPrefix(own, name, CompareOptions.IgnoreCase));

    /// <summary>The parameters that a type declares, and their aliases.</summary>
    public static IEnumerable<string> NamesOf(Type type)
    {
        foreach (var property in type.GetProperties())
        {
            if (!property.IsDefined(typeof(ParameterAttribute), inherit: true))
                continue;
            yield return property.Name;
            foreach (var alias in property.GetCustomAttribute<AliasAttribute>(inherit: true)?.AliasNames ?? [])
                yield return alias;
        }
    }
}
