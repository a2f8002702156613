using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;

namespace McpRuntime.Server.Surface;

/// <summary>Answers <c>describe_tools</c>.</summary>
internal static class ToolDescriber
{
    public const int MostNames = 10;

    private static readonly string[] Names = ["names", "schema"];

    public static ToolAnswer Describe(ToolCatalog catalog, JsonElement arguments)
    {
        var read = new SurfaceArguments(arguments, Names);
        var names = read.Texts("names", MostNames);
        var withSchema = read.Flag("schema");
        if (read.Fault is { } fault)
            return ToolAnswer.Error(fault);
        var found = 0;
        var texts = new List<string>();
        foreach (var name in names.Distinct())
        {
            switch (catalog.Resolve(name))
            {
                case ToolResolution.Found known:
                    found++;
                    texts.Add(ToolDescription.Of(known.Tool, withSchema));
                    break;
                case ToolResolution.Ambiguous ambiguous:
                    texts.Add(
                        $"Several APIs have a tool '{UntrustedText.ForTerminal(name)}': "
                            + $"{string.Join(", ", ambiguous.Choices.Take(MostNames))}."
                    );
                    break;
                default:
                    texts.Add(CallTools.Unknown(name, catalog));
                    break;
            }
        }
        var text = UntrustedText.CleanMultiline(string.Join("\n\n", texts));
        return found > 0 ? ToolAnswer.Text(text) : ToolAnswer.Error(text);
    }
}
