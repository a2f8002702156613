using System.Text.Json;
using McpRuntime.Manifests;

namespace McpRuntime.OpenApi.Model;

/// <summary>
/// <c>x-mcp</c>: what the author of a document says about its tools; on the document, a path or an operation, the
/// nearest one winning. <c>false</c> leaves operations out, an object changes words and annotations.
/// </summary>
internal sealed record McpExtension
{
    internal static McpExtension None { get; } = new();

    /// <summary>Null if not given.</summary>
    internal bool? IsEnabled { get; init; }

    internal string? Name { get; init; }

    /// <summary>PowerShell command, an approved verb and a noun.</summary>
    internal CommandName? Command { get; init; }

    internal string? Title { get; init; }

    internal string? Description { get; init; }

    internal ToolHints Hints { get; init; } = ToolHints.None;

    /// <summary>Reads the extension of one object; <see cref="None"/> where it has none.</summary>
    internal static McpExtension Read(Node owner, ImportFindings findings)
    {
        if (!JsonRead.TryGet(owner.Element, "x-mcp"u8, out var value))
            return None;
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return new McpExtension { IsEnabled = value.GetBoolean() };
            case JsonValueKind.Object:
                return new McpExtension
                {
                    IsEnabled = JsonRead.Bool(value, "enabled"u8) ?? true,
                    Name = JsonRead.Text(value, "name"u8),
                    Command = ReadCommand(owner, value, findings),
                    Title = JsonRead.Text(value, "title"u8),
                    Description = JsonRead.Text(value, "description"u8),
                    Hints = ReadHints(value),
                };
            default:
                findings.Warn(
                    ImportRules.McpExtension,
                    owner.Child(ImportRules.McpExtension, value),
                    $"'x-mcp' must be true, false or an object, not {JsonRead.Kind(value)}; ignored."
                );
                return None;
        }
    }

    /// <summary>This extension completed by a wider one; names stay where they are.</summary>
    internal McpExtension Within(McpExtension wider) =>
        ReferenceEquals(wider, None)
            ? this
            : this with
            {
                IsEnabled = IsEnabled ?? wider.IsEnabled,
                Hints = new ToolHints(
                    Hints.ReadOnly ?? wider.Hints.ReadOnly,
                    Hints.Destructive ?? wider.Hints.Destructive,
                    Hints.Idempotent ?? wider.Hints.Idempotent,
                    Hints.OpenWorld ?? wider.Hints.OpenWorld
                ),
            };

    private static CommandName? ReadCommand(Node owner, JsonElement extension, ImportFindings findings)
    {
        if (!JsonRead.TryGet(extension, "cmdlet"u8, out var value))
            return null;
        var problem = "It must be a text.";
        if (JsonRead.Text(value) is { } text && CommandName.TryParse(text, out var name, out problem))
            return name;
        findings.Warn(
            ImportRules.McpExtension,
            owner.Child(ImportRules.McpExtension, extension).Child("cmdlet", value),
            $"'x-mcp.cmdlet' is ignored: {problem}"
        );
        return null;
    }

    private static ToolHints ReadHints(JsonElement extension) =>
        !JsonRead.TryGetObject(extension, "annotations"u8, out var hints)
            ? ToolHints.None
            : new ToolHints(
                JsonRead.Bool(hints, "read_only"u8) ?? JsonRead.Bool(hints, "readOnlyHint"u8),
                JsonRead.Bool(hints, "destructive"u8) ?? JsonRead.Bool(hints, "destructiveHint"u8),
                JsonRead.Bool(hints, "idempotent"u8) ?? JsonRead.Bool(hints, "idempotentHint"u8),
                JsonRead.Bool(hints, "open_world"u8) ?? JsonRead.Bool(hints, "openWorldHint"u8)
            );
}
