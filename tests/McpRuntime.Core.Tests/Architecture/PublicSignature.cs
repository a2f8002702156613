using System.Reflection;

namespace McpRuntime.Tests.Architecture;

/// <summary>The types that a caller of a type has to know.</summary>
internal static class PublicSignature
{
    internal static IEnumerable<Type> TypesIn(Type type)
    {
        var named = new HashSet<Type>();
        Add(type.BaseType);
        foreach (var contract in type.GetInterfaces())
            Add(contract);
        const BindingFlags Declared =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Declared))
        {
            switch (member)
            {
                case MethodBase method when method.IsPublic || method.IsFamily:
                    Add((method as MethodInfo)?.ReturnType);
                    foreach (var parameter in method.GetParameters())
                        Add(parameter.ParameterType);
                    break;
                case FieldInfo field when field.IsPublic || field.IsFamily:
                    Add(field.FieldType);
                    break;
            }
        }
        return named;

        void Add(Type? part)
        {
            if (part is null || !named.Add(part))
                return;
            Add(part.GetElementType());
            foreach (var argument in part.GetGenericArguments())
                Add(argument);
        }
    }
}
