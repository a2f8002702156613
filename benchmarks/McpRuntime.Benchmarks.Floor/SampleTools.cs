using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Benchmarks.Floor;

/// <summary>
/// Tools of the size that an import of a real API makes: some arguments, a shared schema, a sentence or two of text.
/// <see cref="Schema"/> is also what the benchmark's manifests hold, so that both servers list the same.
/// </summary>
public static class SampleTools
{
    public const string Definition =
        """{"type":"object","properties":{"name":{"type":"string","description":"Name of the label."},"color":{"type":"string","pattern":"^[0-9a-f]{6}$"}},"required":["name"]}""";

    public static string Name(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"update_resource_{number:0000}");

    public static string Title(int number) => string.Create(CultureInfo.InvariantCulture, $"Update resource {number}");

    public static string Description(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Updates resource {number} of the organization. Only the given properties are changed; the caller must be an owner, and gets the resource as it is afterwards."
        );

    /// <summary>The input schema; <paramref name="definitions"/> is where the label's schema stands.</summary>
    public static string Schema(string definitions) =>
        $$$"""{"type":"object","properties":{"owner":{"type":"string","description":"The account owner of the resource. The name is not case sensitive."},"resource_id":{"type":"integer","minimum":1,"description":"The number that identifies the resource."},"dry_run":{"type":"boolean","default":false},"title":{"type":"string","maxLength":256},"state":{"type":"string","enum":["open","closed","archived"]},"labels":{"type":"array","items":{"$ref":"#/{{{definitions}}}/label"},"description":"Labels to set."}},"required":["owner","resource_id"]}""";

    public static IList<Tool> Create(int count)
    {
        var schema = Schema("$defs");
        var bundled = $$"""{{schema[..^1]}},"$defs":{"label":{{Definition}} } }""";
        var tools = new List<Tool>(count);
        for (var i = 0; i < count; i++)
        {
            tools.Add(
                new Tool
                {
                    Name = Name(i),
                    Title = Title(i),
                    Description = Description(i),
                    InputSchema = JsonElement.Parse(bundled),
                    Annotations = new ToolAnnotations
                    {
                        ReadOnlyHint = false,
                        DestructiveHint = false,
                        IdempotentHint = true,
                        OpenWorldHint = true,
                    },
                }
            );
        }
        return tools;
    }
}
