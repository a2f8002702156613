using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>
/// What PowerShell shows of an object that nothing else is asked of: identifier, name or title, state and a date.
/// </summary>
/// <remarks>Up to four are shown as a table; more would be a list.</remarks>
internal static class DefaultView
{
    private static readonly string[][] Wanted =
    [
        ["name", "full_name", "title", "display_name", "displayName", "login", "subject", "summary", "label", "key"],
        ["state", "status", "phase"],
        [
            "updated_at",
            "updatedAt",
            "updated",
            "modified_at",
            "modifiedAt",
            "modified",
            "created_at",
            "createdAt",
            "created",
            "date",
        ],
    ];

    /// <param name="schema">Of the objects.</param>
    /// <param name="item">Their identifier; null where there is none.</param>
    /// <returns>Names of properties; empty where fewer than two are found.</returns>
    public static IReadOnlyList<string> Of(ValueSchema schema, ItemProperty? item)
    {
        var scalars = schema
            .Properties()
            .Select(property => property.Key)
            .Where(name => IsScalar(schema.Property(name)))
            .ToHashSet(StringComparer.Ordinal);
        string?[] chosen =
        [
            (item?.Properties ?? []).Append("id").FirstOrDefault(scalars.Contains),
            .. Wanted.Select(names => Array.Find(names, scalars.Contains)),
        ];
        var shown = chosen.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return shown.Length < 2 ? [] : shown;
    }

    private static bool IsScalar(ValueSchema schema) =>
        schema.Types.Count > 0 && !schema.Names("object") && !schema.Names("array");
}
