using System.Collections;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>The type of PowerShell that a parameter for a value of a schema has.</summary>
/// <remarks>
/// It is what a user reads in completion and help. What may be given is wider: the schema decides how a value goes out,
/// see <see cref="JsonArguments"/>, and the check of the call decides what is allowed.
/// </remarks>
internal static class ArgumentType
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(BigInteger)] = "bigint",
        [typeof(decimal)] = "decimal",
        [typeof(bool)] = "bool",
        [typeof(SwitchParameter)] = "switch",
        [typeof(Hashtable)] = "hashtable",
        [typeof(Uri)] = "uri",
        [typeof(object)] = "object",
    };

    /// <summary>
    /// The type: a switch for a boolean, an array for a list (also where one item may be given without it), a hashtable
    /// for an object. <see cref="object"/> for a file, for values of several types and where any value will do.
    /// </summary>
    public static Type Of(ValueSchema schema) => Of(schema, isItem: false);

    /// <summary>How PowerShell writes the type: <c>long</c>, <c>string[]</c>, <c>switch</c>.</summary>
    public static string NameOf(Type type) =>
        type.IsArray ? $"{NameOf(type.GetElementType()!)}[]" : Names.GetValueOrDefault(type, type.Name);

    /// <inheritdoc cref="NameOf(Type)"/>
    /// <param name="type">The type.</param>
    /// <param name="isParameter">False for a value elsewhere, such as in a hashtable, where a switch is a bool.</param>
    public static string NameOf(Type type, bool isParameter) =>
        NameOf(!isParameter && type == typeof(SwitchParameter) ? typeof(bool) : type);

    private static Type Of(ValueSchema schema, bool isItem) =>
        WithoutNull(schema) switch
        {
            ["string"] => schema.HasFormat("uri", "url") ? typeof(Uri) : typeof(string),
            ["integer"] => Integer(schema),
            ["number"] or ["integer", "number"] or ["number", "integer"] => typeof(decimal),
            ["boolean"] => isItem ? typeof(bool) : typeof(SwitchParameter),
            ["object"] => schema.IsFile ? typeof(object) : typeof(Hashtable),
            ["array"] => isItem ? typeof(object[]) : ArrayOf(schema),
            [_, _] types
                when !isItem
                    && types.Contains("array")
                    && WithoutNull(schema.Items()) is [var item]
                    && types.Contains(item) => ArrayOf(schema),
            _ => typeof(object),
        };

    private static string[] WithoutNull(ValueSchema schema) => [.. schema.Types.Where(type => type != "null")];

    private static Type ArrayOf(ValueSchema schema) => Of(schema.Items(), isItem: true).MakeArrayType();

    private static Type Integer(ValueSchema schema)
    {
        if (schema.HasFormat("int32"))
            return typeof(int);
        return IsBeyondLong(schema.First("maximum")) || IsBeyondLong(schema.First("minimum"))
            ? typeof(BigInteger)
            : typeof(long);
    }

    private static bool IsBeyondLong(JsonElement? bound) =>
        bound is { ValueKind: JsonValueKind.Number } number
        && NumberText.Integer(number.GetRawText()) is { } digits
        && !long.TryParse(digits, out _);
}
