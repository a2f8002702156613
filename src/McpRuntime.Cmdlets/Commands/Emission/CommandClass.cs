using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>Adds a class for a command to an assembly.</summary>
internal sealed class CommandClass
{
    private readonly MetadataBuilder _metadata;
    private readonly AssemblyReferences _references;
    private readonly FieldTypes _types;
    private readonly ParameterField _parameters;
    private readonly MethodBodyStreamEncoder _bodies;
    private readonly Dictionary<TypeReferenceHandle, int> _constructors = [];
    private readonly StringHandle _namespace;
    private readonly StringHandle _constructorName;
    private readonly BlobHandle _constructorSignature;
    private readonly string _impactType = AssemblyReferences.NameInAttribute(typeof(ConfirmImpact));

    public CommandClass(MetadataBuilder metadata, AssemblyReferences references, BlobBuilder code, string space)
    {
        _metadata = metadata;
        _references = references;
        _types = new FieldTypes(metadata, references);
        _parameters = new ParameterField(metadata, references);
        _bodies = new MethodBodyStreamEncoder(code);
        _namespace = metadata.GetOrAddString(space);
        _constructorName = metadata.GetOrAddString(".ctor");
        var signature = new BlobBuilder();
        new BlobEncoder(signature)
            .MethodSignature(isInstanceMethod: true)
            .Parameters(0, result => result.Void(), _ => { });
        _constructorSignature = metadata.GetOrAddBlob(signature);
    }

    public void Add(CommandModel command)
    {
        var baseType = _references.TypeOf(typeof(ApiCommand));
        var type = _metadata.AddTypeDefinition(
            TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.Class | TypeAttributes.BeforeFieldInit,
            _namespace,
            _metadata.GetOrAddString($"{command.Verb}{command.Noun}Command"),
            baseType,
            MetadataTokens.FieldDefinitionHandle(_metadata.GetRowCount(TableIndex.Field) + 1),
            MetadataTokens.MethodDefinitionHandle(_metadata.GetRowCount(TableIndex.MethodDef) + 1)
        );
        foreach (var parameter in command.Parameters)
        {
            var field = _metadata.AddFieldDefinition(
                FieldAttributes.Public,
                _metadata.GetOrAddString(parameter.Name),
                _types.SignatureOf(parameter.Type)
            );
            _parameters.Describe(field, parameter);
        }
        _metadata.AddMethodDefinition(
            MethodAttributes.Public
                | MethodAttributes.HideBySig
                | MethodAttributes.SpecialName
                | MethodAttributes.RTSpecialName,
            MethodImplAttributes.IL,
            _constructorName,
            _constructorSignature,
            ConstructorBody(baseType),
            MetadataTokens.ParameterHandle(1)
        );
        Describe(type, command);
    }

    // It calls the base's, nothing else; commands with the same base share the body.
    private int ConstructorBody(TypeReferenceHandle baseType)
    {
        if (_constructors.TryGetValue(baseType, out var known))
            return known;
        var code = new InstructionEncoder(new BlobBuilder());
        code.LoadArgument(0);
        code.Call(_references.Constructor(baseType));
        code.OpCode(ILOpCode.Ret);
        var offset = _bodies.AddMethodBody(code);
        _constructors.Add(baseType, offset);
        return offset;
    }

    private void Describe(TypeDefinitionHandle type, CommandModel command)
    {
        // What PowerShell asks about is decided for each call; High is the most that a command can ask for.
        Add(
            type,
            typeof(CmdletAttribute),
            AssemblyReferences.Parameters.TwoTexts,
            new AttributeValue(command.Verb, command.Noun)
                .With(nameof(CmdletAttribute.DefaultParameterSetName), command.Sets[0].Name)
                .With(nameof(CmdletAttribute.SupportsShouldProcess), true)
                .With(nameof(CmdletAttribute.ConfirmImpact), _impactType, (int)ConfirmImpact.High)
        );
        if (command.OutputTypes.Count > 0)
            Add(
                type,
                typeof(OutputTypeAttribute),
                AssemblyReferences.Parameters.TextList,
                AttributeValue.OfList(command.OutputTypes)
            );
        foreach (var set in command.Sets)
        {
            Add(
                type,
                typeof(ApiToolAttribute),
                AssemblyReferences.Parameters.TwoTexts,
                new AttributeValue(set.Name, set.ToolName).With(
                    nameof(ApiToolAttribute.HasPages),
                    command.HasPages && set.Tool.HasPages
                )
            );
        }
    }

    private void Add(
        TypeDefinitionHandle type,
        Type attribute,
        AssemblyReferences.Parameters parameters,
        AttributeValue value
    ) =>
        _metadata.AddCustomAttribute(
            type,
            _references.Constructor(attribute, parameters),
            _metadata.GetOrAddBlob(value.ToBlob())
        );
}
