using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>An assembly with a cmdlet for each command, which PowerShell imports as it does compiled ones.</summary>
/// <remarks>
/// A cmdlet is a class with public fields, which PowerShell binds as parameters, and a constructor; all code is in
/// their base class. Texts of a document are values of attributes and never code. The same commands give the
/// same bytes.
/// </remarks>
internal sealed class CommandAssembly
{
    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _code = new();
    private readonly AssemblyReferences _references;
    private readonly CommandClass _classes;

    private CommandAssembly(string name, string space, CommandSource source)
    {
        _references = new AssemblyReferences(_metadata);
        _classes = new CommandClass(_metadata, _references, _code, space);
        _metadata.AddModule(
            generation: 0,
            _metadata.GetOrAddString(name + ".dll"),
            _metadata.ReserveGuid().Handle,
            encId: default,
            encBaseId: default
        );
        var assembly = _metadata.AddAssembly(
            _metadata.GetOrAddString(name),
            new Version(1, 0, 0, 0),
            culture: default,
            publicKey: default,
            flags: 0,
            AssemblyHashAlgorithm.None
        );
        // The type that every module begins with.
        _metadata.AddTypeDefinition(
            attributes: default,
            @namespace: default,
            _metadata.GetOrAddString("<Module>"),
            baseType: default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        var value = new AttributeValue(source.Name);
        if (source.Folder is { } folder)
            value.With(nameof(ApiSourceAttribute.Folder), folder);
        value.With(nameof(ApiSourceAttribute.ServerId), source.ServerId);
        _metadata.AddCustomAttribute(
            assembly,
            _references.Constructor(typeof(ApiSourceAttribute), AssemblyReferences.Parameters.Text),
            _metadata.GetOrAddBlob(value.ToBlob())
        );
    }

    /// <summary>
    /// An assembly whose name ends in a hash of its content: a session that has one cannot load another one of the same
    /// name.
    /// </summary>
    /// <param name="name">The name before the hash, which is also the namespace.</param>
    /// <param name="commands">The commands; no two have one name.</param>
    /// <param name="source">Where their tools are.</param>
    public static (string Name, byte[] Content) Emit(
        string name,
        IReadOnlyList<CommandModel> commands,
        CommandSource source
    )
    {
        EmissionNames.Check(name, commands);
        var unnamed = EmitAs(name, name, commands, source);
        var full = $"{name}.{Convert.ToHexStringLower(SHA256.HashData(unnamed))[..16]}";
        return (full, EmitAs(full, name, commands, source));
    }

    private static byte[] EmitAs(string name, string space, IReadOnlyList<CommandModel> commands, CommandSource source)
    {
        var assembly = new CommandAssembly(name, space, source);
        foreach (var command in commands)
            assembly._classes.Add(command);
        return assembly.ToBytes();
    }

    private byte[] ToBytes()
    {
        var image = new ManagedPEBuilder(
            PEHeaderBuilder.CreateLibraryHeader(),
            new MetadataRootBuilder(_metadata),
            _code,
            flags: CorFlags.ILOnly,
            deterministicIdProvider: content =>
                BlobContentId.FromHash(SHA256.HashData([.. content.SelectMany(blob => blob.GetBytes())]))
        );
        var bytes = new BlobBuilder();
        image.Serialize(bytes);
        return bytes.ToArray();
    }
}
