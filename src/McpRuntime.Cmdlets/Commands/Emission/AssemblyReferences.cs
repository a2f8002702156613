using System.Management.Automation;
using System.Numerics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using McpRuntime.Cmdlets.Commands.Declarations;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>What an assembly of commands names in other assemblies, each once.</summary>
/// <remarks>
/// Versions are the lowest that do, whatever runs now: the bytes must not depend on the machine, and a later runtime,
/// PowerShell or module takes the same assembly.
/// </remarks>
internal sealed class AssemblyReferences(MetadataBuilder metadata)
{
    private const string Runtime = "System.Runtime";
    private const string Numerics = "System.Runtime.Numerics";
    private const string PowerShell = "System.Management.Automation";

    private static readonly byte[] RuntimeToken = Convert.FromHexString("b03f5f7f11d50a3a");
    private static readonly byte[] PowerShellToken = Convert.FromHexString("31bf3856ad364e35");
    private static readonly string Module = typeof(AssemblyReferences).Assembly.GetName().Name!;
    private static readonly Version Any = new(0, 0, 0, 0);

    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), TypeReferenceHandle> _types = [];
    private readonly Dictionary<(TypeReferenceHandle, Parameters), MemberReferenceHandle> _constructors = [];

    /// <summary>What a constructor takes.</summary>
    internal enum Parameters
    {
        None,
        Text,
        TwoTexts,
        TextList,
    }

    /// <summary>A type of an enumeration, as attributes name it.</summary>
    public static string NameInAttribute(Type type) =>
        $"{type.FullName}, {PowerShell}, Version=7.6.0.0, Culture=neutral, "
        + $"PublicKeyToken={Convert.ToHexStringLower(PowerShellToken)}";

    public TypeReferenceHandle TypeOf(Type type)
    {
        if (type == typeof(BigInteger))
            return TypeOf(Numerics, type.Namespace!, type.Name);
        var own = type.Assembly.GetName().Name!;
        return TypeOf(own == PowerShell || own == Module ? own : Runtime, type.Namespace!, type.Name);
    }

    /// <summary>A type that the reference assembly of PowerShell does not know.</summary>
    public TypeReferenceHandle PowerShellType(string name) => TypeOf(PowerShell, typeof(PSCmdlet).Namespace!, name);

    public MemberReferenceHandle Constructor(Type type, Parameters parameters = Parameters.None) =>
        Constructor(TypeOf(type), parameters);

    public MemberReferenceHandle Constructor(TypeReferenceHandle type, Parameters parameters = Parameters.None)
    {
        if (_constructors.TryGetValue((type, parameters), out var known))
            return known;
        var signature = new BlobBuilder();
        var count = parameters switch
        {
            Parameters.None => 0,
            Parameters.TwoTexts => 2,
            _ => 1,
        };
        new BlobEncoder(signature)
            .MethodSignature(isInstanceMethod: true)
            .Parameters(
                count,
                result => result.Void(),
                encoder =>
                {
                    for (var i = 0; i < count; i++)
                    {
                        var parameter = encoder.AddParameter().Type();
                        if (parameters == Parameters.TextList)
                            parameter.SZArray().String();
                        else
                            parameter.String();
                    }
                }
            );
        var handle = metadata.AddMemberReference(
            type,
            metadata.GetOrAddString(".ctor"),
            metadata.GetOrAddBlob(signature)
        );
        _constructors.Add((type, parameters), handle);
        return handle;
    }

    private TypeReferenceHandle TypeOf(string assembly, string space, string name)
    {
        if (_types.TryGetValue((space, name), out var known))
            return known;
        var handle = metadata.AddTypeReference(
            Assembly(assembly),
            metadata.GetOrAddString(space),
            metadata.GetOrAddString(name)
        );
        _types.Add((space, name), handle);
        return handle;
    }

    private AssemblyReferenceHandle Assembly(string name)
    {
        if (_assemblies.TryGetValue(name, out var known))
            return known;
        var (version, token) = name switch
        {
            Runtime or Numerics => (new Version(10, 0, 0, 0), RuntimeToken),
            PowerShell => (new Version(7, 6, 0, 0), PowerShellToken),
            _ => (Any, []),
        };
        var handle = metadata.AddAssemblyReference(
            metadata.GetOrAddString(name),
            version,
            culture: default,
            publicKeyOrToken: token.Length == 0 ? default : metadata.GetOrAddBlob(token),
            flags: default(AssemblyFlags),
            hashValue: default
        );
        _assemblies.Add(name, handle);
        return handle;
    }
}
