using System.Management.Automation;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>The types of parameters as signatures of fields, each once.</summary>
internal sealed class FieldTypes(MetadataBuilder metadata, AssemblyReferences references)
{
    private readonly Dictionary<Type, BlobHandle> _signatures = [];

    /// <summary>
    /// The signature for a parameter's type. A value type becomes nullable, so that null can be given to it; a switch
    /// stays one, or it would not be one.
    /// </summary>
    public BlobHandle SignatureOf(Type type)
    {
        if (_signatures.TryGetValue(type, out var known))
            return known;
        var blob = new BlobBuilder();
        Encode(
            new BlobEncoder(blob).FieldSignature(),
            type.IsValueType && type != typeof(SwitchParameter) && Nullable.GetUnderlyingType(type) is null
                ? typeof(Nullable<>).MakeGenericType(type)
                : type
        );
        var handle = metadata.GetOrAddBlob(blob);
        _signatures.Add(type, handle);
        return handle;
    }

    private void Encode(SignatureTypeEncoder encoder, Type type)
    {
        if (type.IsArray)
            Encode(encoder.SZArray(), type.GetElementType()!);
        else if (Nullable.GetUnderlyingType(type) is { } value)
        {
            var arguments = encoder.GenericInstantiation(
                references.TypeOf(typeof(Nullable<>)),
                genericArgumentCount: 1,
                isValueType: true
            );
            Encode(arguments.AddArgument(), value);
        }
        else if (PrimitiveOf(type) is { } primitive)
            encoder.PrimitiveType(primitive);
        else if (type == typeof(object))
            encoder.Object();
        else
            encoder.Type(references.TypeOf(type), type.IsValueType);
    }

    private static PrimitiveTypeCode? PrimitiveOf(Type type) =>
        Type.GetTypeCode(type) switch
        {
            TypeCode.String => PrimitiveTypeCode.String,
            TypeCode.Boolean => PrimitiveTypeCode.Boolean,
            TypeCode.Int32 => PrimitiveTypeCode.Int32,
            TypeCode.Int64 => PrimitiveTypeCode.Int64,
            TypeCode.Double => PrimitiveTypeCode.Double,
            _ => null,
        };
}
