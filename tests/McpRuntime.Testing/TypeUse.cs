using Mono.Cecil;

namespace McpRuntime.Testing;

/// <summary>
/// The types that a type uses: as base, in signatures, fields and attributes, and in the bodies of its methods.
/// </summary>
internal static class TypeUse
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => Direct(type).SelectMany(Parts);

    private static IEnumerable<TypeReference?> Direct(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(implemented => implemented.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. new ICustomAttributeProvider[][]
            {
                [type],
                [.. type.Fields],
                [.. type.Properties],
                [.. type.Methods],
                [.. type.Methods.SelectMany(method => method.Parameters)],
            }
                .SelectMany(owners => owners)
                .SelectMany(owner => owner.CustomAttributes)
                .SelectMany(OfAttribute),
            .. type.Methods.SelectMany(OfMethod),
        ];

    private static IEnumerable<TypeReference?> OfAttribute(CustomAttribute attribute) =>
        [
            attribute.AttributeType,
            .. attribute
                .ConstructorArguments.Concat(attribute.Properties.Select(property => property.Argument))
                .SelectMany(OfArgument),
        ];

    // An attribute names a type by typeof, such as [ArgumentCompleter(typeof(…))].
    private static IEnumerable<TypeReference?> OfArgument(CustomAttributeArgument argument) =>
        argument.Value switch
        {
            TypeReference type => [type],
            CustomAttributeArgument[] list => list.SelectMany(OfArgument),
            CustomAttributeArgument boxed => OfArgument(boxed),
            _ => [argument.Type],
        };

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method)
    {
        var signature = OfSignature(method);
        return method.HasBody
            ?
            [
                .. signature,
                .. method.Body.Variables.Select(local => local.VariableType),
                .. method.Body.Instructions.SelectMany(step => OfOperand(step.Operand)),
            ]
            : signature;
    }

    private static IEnumerable<TypeReference?> OfSignature(MethodReference method) =>
        [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference?> OfOperand(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod method => [.. OfSignature(method), .. method.GenericArguments],
            MethodReference method => OfSignature(method),
            FieldReference field => [field.DeclaringType, field.FieldType],
            _ => [],
        };

    // A list of arrays of a type uses that type.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };
}
