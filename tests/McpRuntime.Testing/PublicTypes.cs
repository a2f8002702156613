using Mono.Cecil;

namespace McpRuntime.Testing;

/// <summary>
/// Which public types of an assembly other assemblies need: those that they name, and those that these show in their
/// signatures.
/// </summary>
public static class PublicTypes
{
    /// <summary>
    /// Full names of the public types that no one outside needs. Types of constants are left out: compilers copy those.
    /// </summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="users">Paths of those that may use it.</param>
    public static IReadOnlyList<string> Unused(string assembly, IEnumerable<string> users)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var unused = module.Types.Where(type => type.IsPublic).ToDictionary(type => type.FullName);
        var needed = new Queue<TypeDefinition>();
        foreach (var user in users)
        {
            using var other = ModuleDefinition.ReadModule(user);
            foreach (var reference in other.GetTypeReferences())
                Need(reference);
        }
        while (needed.TryDequeue(out var type))
        {
            foreach (var shown in Shown(type))
                Need(shown);
        }
        return
        [
            .. unused
                .Values.Where(type => !HoldsConstants(type))
                .Select(type => type.FullName)
                .Order(StringComparer.Ordinal),
        ];

        void Need(TypeReference? reference)
        {
            if (reference is GenericInstanceType generic)
            {
                foreach (var argument in generic.GenericArguments)
                    Need(argument);
            }
            while (reference is TypeSpecification specification)
                reference = specification.ElementType;
            while (reference?.DeclaringType is { } outer)
                reference = outer;
            if (reference is not null && unused.Remove(reference.FullName, out var type))
                needed.Enqueue(type);
        }
    }

    private static IEnumerable<TypeReference?> Shown(TypeDefinition type)
    {
        var methods = type.Methods.Where(method => method.IsPublic || method.IsFamily);
        return type
            .NestedTypes.Where(nested => nested.IsNestedPublic)
            .SelectMany(Shown)
            .Append(type.BaseType)
            .Concat(type.Interfaces.Select(contract => contract.InterfaceType))
            .Concat(
                type.GenericParameters.SelectMany(parameter =>
                    parameter.Constraints.Select(constraint => constraint.ConstraintType)
                )
            )
            .Concat(
                methods.SelectMany(method =>
                    method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)
                )
            )
            .Concat(type.Fields.Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType));
    }

    private static bool HoldsConstants(TypeDefinition type) =>
        type is { IsAbstract: true, IsSealed: true }
        && type.Fields.Any(field => field is { IsPublic: true, HasConstant: true });
}
