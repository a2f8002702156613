using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>One tool and where it is; pointers are made only for findings.</summary>
/// <param name="Index">Position in the list of tools.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Endpoint">Its endpoint; null where that is not <c>METHOD /path</c>.</param>
internal readonly record struct ToolContext(int Index, ToolManifest Tool, EndpointTemplate? Endpoint)
{
    public const string List = "/connector/tools";

    public string Pointer => string.Create(CultureInfo.InvariantCulture, $"{List}/{Index}");

    /// <summary>
    /// What makes a tool of version 2 unusable worked somehow in the older one, which is read unchanged.
    /// </summary>
    public FindingSeverity SeverityByForm => Tool.IsOlderForm ? FindingSeverity.Warning : FindingSeverity.Error;

    /// <summary>How messages call the tool.</summary>
    public string Label =>
        Tool.Name.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"The tool at position {Index + 1}")
            : $"The tool '{Tool.Name}'";

    public string At(params ReadOnlySpan<string> tokens)
    {
        var pointer = Pointer;
        foreach (var token in tokens)
            pointer = JsonPointer.Append(pointer, token);
        return pointer;
    }
}
