using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Options;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Search;

namespace McpRuntime.Server.Surface;

/// <summary>
/// <c>call_read_tool</c>, <c>call_write_tool</c> and <c>call_destructive_tool</c>: each calls tools of one kind, so
/// that a client can allow one kind alone. They choose nothing but the tool; everything else is as in a direct call.
/// </summary>
internal static class CallTools
{
    private const int MostNearNames = 4;
    private const int MostMeant = 3;

    private static readonly JsonElement NoArguments = JsonElement.Parse("{}"u8);

    private static readonly string[] Names = ["name", "arguments", .. OptionArguments.Names];

    public static IReadOnlyList<BuiltInTool> All { get; } =
    [
        Create(
            ToolAccess.Read,
            "Call a tool that reads",
            "Calls a 'read' tool by name: it changes nothing.",
            new ToolHints(ReadOnly: true, OpenWorld: true)
        ),
        Create(
            ToolAccess.Write,
            "Call a tool that writes",
            "Calls a 'write' tool by name: it creates or changes something.",
            new ToolHints(ReadOnly: false, Destructive: false, OpenWorld: true)
        ),
        Create(
            ToolAccess.Destructive,
            "Call a tool that may destroy",
            "Calls a 'destructive' tool by name: it deletes, or may destroy, something.",
            new ToolHints(ReadOnly: false, Destructive: true, OpenWorld: true)
        ),
    ];

    /// <summary>The tool that calls tools of a kind.</summary>
    public static string NameOf(ToolAccess access) => $"call_{ToolSignature.WordOf(access)}_tool";

    /// <summary>Finds what is to be called.</summary>
    /// <param name="given">The arguments of the call tool.</param>
    /// <param name="access">What it may call.</param>
    /// <param name="context">Whose tools these are.</param>
    /// <param name="find">Finds a tool of the caller as a direct call does.</param>
    /// <param name="call">The tool, its arguments, and what is asked of its answer.</param>
    /// <returns>Why nothing is called; null where <paramref name="call"/> is.</returns>
    public static ToolAnswer? Choose(
        JsonElement given,
        ToolAccess access,
        ToolCallContext context,
        Func<string, ServedTool> find,
        out (ServedTool Tool, JsonElement Arguments, AnswerOptions Options) call
    )
    {
        call = default;
        var read = new SurfaceArguments(given, Names);
        var name = read.Text("name");
        var options = OptionArguments.Read(read, "");
        if (read.Fault is { } fault)
            return ToolAnswer.Error($"{fault} The tool's own arguments belong in 'arguments'.");
        if (name is null)
            return ToolAnswer.Error(
                "The argument 'name' is missing; give the name of a tool, as search_tools shows it."
            );
        if (!TryReadArguments(given, out var arguments))
            return ToolAnswer.Error("The argument 'arguments' must be an object: the arguments of the tool.");
        ServedTool tool;
        try
        {
            tool = find(name);
        }
        catch (UnresolvedToolException unresolved)
        {
            return ToolAnswer.Error(unresolved.IsAmbiguous ? unresolved.Message : Unknown(name, context.Tools.Catalog));
        }
        if (tool.Access != access)
        {
            return ToolAnswer.Error(
                $"'{tool.Name}' is a {ToolSignature.WordOf(tool.Access)} tool "
                    + $"({UntrustedText.Clean(tool.Endpoint)}); call it with {NameOf(tool.Access)}. Nothing was sent."
            );
        }
        call = (tool, arguments, options);
        return null;
    }

    /// <summary>Says that there is no such tool, and which are written, or mean, alike.</summary>
    public static string Unknown(string name, ToolCatalog catalog)
    {
        var near = NearNames.Find(name, catalog.Tools.Select(tool => tool.Name), most: 2);
        var index = ToolSearchIndex.Of(catalog);
        var meant =
            name.Length > WireName.MaxLength * 2
                ? []
                : index.Search(name, MostMeant).Select(hit => index.Tools[hit.Position].Name);
        string[] names = [.. meant.Concat(near).Distinct().Take(MostNearNames)];
        var shown = UntrustedText.Shorten(UntrustedText.ForTerminal(name), WireName.MaxLength * 2);
        return names.Length > 0
            ? $"There is no tool '{shown}'. Did you mean {string.Join(", ", names)}?"
            : $"There is no tool '{shown}'; search_tools finds names.";
    }

    // Some models give an object as a text of JSON.
    private static bool TryReadArguments(JsonElement given, out JsonElement arguments)
    {
        arguments = NoArguments;
        if (!given.TryGetProperty("arguments"u8, out var value) || value.ValueKind == JsonValueKind.Null)
            return true;
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                value = JsonElement.Parse(value.GetString()!);
            }
            catch (JsonException)
            {
                return false;
            }
            if (value.ValueKind == JsonValueKind.Object && JsonUnicode.HasHalfCharacter(value))
                return false;
        }
        arguments = value;
        return value.ValueKind == JsonValueKind.Object;
    }

    // Three tools of one list: what is described once is known of the others.
    private static JsonText Schema(ToolAccess access)
    {
        var isFirst = access == ToolAccess.Read;
        var options = isFirst ? AnswerOptionSchema.Properties : AnswerOptionSchema.PlainProperties;
        var hint = isFirst ? ""","description":"As describe_tools shows them." """ : "";
        return JsonText.Parse(
            $$"""
            {"type":"object","properties":{"name":{"type":"string"},
            "arguments":{"type":"object"{{hint}}},
            {{options.ToString()[1..^1]}}},
            "required":["name"],"additionalProperties":false}
            """
        );
    }

    private static BuiltInTool Create(ToolAccess access, string title, string description, ToolHints hints) =>
        new(NameOf(access), title, description, Schema(access), _ =>
            throw new InvalidOperationException("It calls other tools, by the route of calls.")
        )
        {
            Calls = access,
            IsAlwaysLoaded = true,
            Hints = hints,
        };
}
