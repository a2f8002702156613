using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Answers.Shortening;
using McpRuntime.Json;
using McpRuntime.Json.Selecting;
using McpRuntime.Server.Surface;

namespace McpRuntime.Server.Shaping;

/// <summary><c>read_result</c>: parts of an answer that was too long and is stored.</summary>
internal static class ResultTool
{
    public const string Name = "read_result";

    private static readonly string[] Names = ["handle", "select", "from", "count", "contains"];

    private static readonly JsonText Schema = JsonText.Parse(
        """
        {"type":"object","properties":{"handle":{"type":"string"},"select":{"type":"string"},
        "from":{"type":"integer","description":"Item, from 0."},"count":{"type":"integer"},
        "contains":{"type":"string"}},"required":["handle"]}
        """
    );

    /// <summary>What a stored text or list is asked for.</summary>
    public sealed record Request(string Handle, Selection? Select, ResultWindow Window);

    public static BuiltInTool Tool { get; } =
        new(Name, "Read on", "Reads on in an answer that was stored under a handle.", Schema, _ =>
            throw new InvalidOperationException("It needs the caller, by the route of calls.")
        )
        {
            ReadsResults = true,
        };

    /// <summary>Reads the arguments.</summary>
    /// <returns>What is wrong with them; null for nothing.</returns>
    public static ToolAnswer? Read(JsonElement arguments, out Request request)
    {
        var read = new SurfaceArguments(arguments, Names);
        var handle = read.Text("handle") is { } text ? ResultUri.HandleOf(text) : null;
        var select = OptionArguments.ReadSelect(read, "select");
        var window = new ResultWindow(
            read.Whole("from", 0, int.MaxValue) ?? 0,
            read.Whole("count", 1, int.MaxValue) ?? int.MaxValue,
            read.Text("contains")
        );
        request = new Request(handle ?? "", select, window);
        if (handle is null && read.Fault is null)
            return ToolAnswer.Error("The argument 'handle' is missing; the shortened answer names it.");
        return read.Fault is { } fault ? ToolAnswer.Error(fault) : null;
    }
}
