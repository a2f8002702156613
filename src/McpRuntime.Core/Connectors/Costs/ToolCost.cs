using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Connectors.Listing;

namespace McpRuntime.Connectors.Costs;

/// <summary>
/// Estimated tokens of a tool, or of several, in <c>tools/list</c>, by part; see <see cref="TokenCount"/>.
/// </summary>
/// <param name="Text">Name, title and description.</param>
/// <param name="InputSchema">The schema of the arguments, without <paramref name="Definitions"/>.</param>
/// <param name="Definitions">Schemas in <c>$defs</c>, which other tools may carry as well.</param>
/// <param name="OutputSchema">The schema of the result, without <paramref name="Definitions"/>.</param>
/// <param name="Annotations">Annotations, <c>_meta</c> and the rest. Most clients do not show them to the
/// model.</param>
public sealed record ToolCost(int Text, int InputSchema, int Definitions, int OutputSchema, int Annotations)
{
    public static ToolCost None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All parts together.</summary>
    public int Total => Text + InputSchema + Definitions + OutputSchema + Annotations;

    /// <summary>The parts with their names in JSON, in the order of the constructor.</summary>
    public IReadOnlyList<(string Name, int Tokens)> Parts =>
        [
            ("text", Text),
            ("input_schema", InputSchema),
            ("definitions", Definitions),
            ("output_schema", OutputSchema),
            ("annotations", Annotations),
        ];

    /// <summary>The cost of a tool as it is served.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="withOutputSchema">Whether the list carries output schemas (<c>PUBLISH_OUTPUT_SCHEMAS</c>).</param>
    public static ToolCost Of(ServedTool tool, bool withOutputSchema) =>
        Of(tool, ToolEntries.Of(tool.Connector, withOutputSchema));

    /// <summary>The cost of an entry of any server's <c>tools/list</c>.</summary>
    /// <param name="entry">An object with <c>name</c> and <c>inputSchema</c>.</param>
    public static ToolCost Of(JsonElement entry)
    {
        var cost = None;
        foreach (var member in entry.EnumerateObject())
        {
            cost += member.Name switch
            {
                "name" or "title" or "description" => None with { Text = Count(member) },
                "inputSchema" => Split(member, static own => None with { InputSchema = own }),
                "outputSchema" => Split(member, static own => None with { OutputSchema = own }),
                _ => None with { Annotations = Count(member) },
            };
        }
        return cost;
    }

    public static ToolCost operator +(ToolCost left, ToolCost right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new ToolCost(
            left.Text + right.Text,
            left.InputSchema + right.InputSchema,
            left.Definitions + right.Definitions,
            left.OutputSchema + right.OutputSchema,
            left.Annotations + right.Annotations
        );
    }

    internal static ToolCost Of(ServedTool tool, ToolEntries entries) =>
        Of(
            JsonElement.Parse(
                [.. ToolEntry.Start, .. Encoding.ASCII.GetBytes(tool.Name), .. entries.Of(tool).Span],
                Deep
            )
        );

    private static JsonDocumentOptions Deep => new() { MaxDepth = 1024 };

    private static ToolCost Split(JsonProperty schema, Func<int, ToolCost> own)
    {
        var all = Count(schema);
        if (
            schema.Value.ValueKind != JsonValueKind.Object
            || !schema.Value.TryGetProperty("$defs"u8, out var definitions)
        )
            return own(all);
        var shared = Math.Min(all, TokenCount.Of(JsonMarshal.GetRawUtf8Value(definitions)));
        return own(all - shared) with { Definitions = shared };
    }

    // The member's name, its quotes, the colon and a comma.
    private static int Count(JsonProperty member) => 2 + TokenCount.Of(JsonMarshal.GetRawUtf8Value(member.Value));
}
