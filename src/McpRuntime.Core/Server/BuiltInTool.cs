using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Json;

namespace McpRuntime.Server;

/// <summary>A tool that the server answers itself. It reads nothing but its arguments and the clock.</summary>
/// <param name="Name">One of <see cref="Connectors.WireName.Reserved"/>.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For models.</param>
/// <param name="InputSchema">JSON Schema 2020-12 with an object at its root.</param>
/// <param name="Invoke">Answers a call; gets an object.</param>
public sealed record BuiltInTool(
    string Name, string Title, string Description, JsonText InputSchema, Func<JsonElement, ToolAnswer> Invoke);
