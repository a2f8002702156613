using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Commands.Calls;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Cmdlets.Values;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>What the answers of a tool are as objects of PowerShell; made once a tool.</summary>
internal sealed class AnswerTypes
{
    private static readonly ConditionalWeakTable<ToolArguments, AnswerTypes> Known = [];

    private AnswerTypes(McpTool tool, string prefix)
    {
        var pagination = tool.Served?.Tool.Pagination is { Style: not PagingStyle.None } paging ? paging : null;
        ItemsPointer = pagination?.Items ?? "";
        Further = pagination is null ? null : new FurtherPages(pagination);
        var whole = tool.Output is { } schema ? ValueSchema.Of(schema) : ValueSchema.Any;
        Whole = new ObjectType(whole, AnswerTypeName.Of(whole, prefix, tool));
        var items = whole;
        foreach (var token in JsonPointer.Tokens(ItemsPointer))
            items = items.Property(token);
        items = items.Names("array") || pagination is not null ? items.Items() : whole;
        Item = ReferenceEquals(items, whole) ? Whole : new ObjectType(items, AnswerTypeName.Of(items, prefix, tool));
    }

    public static AnswerTypes Of(McpTool tool, string prefix) =>
        Known.TryGetValue(tool.Arguments, out var known)
            ? known
            : Known.GetValue(tool.Arguments, _ => new AnswerTypes(tool, prefix));

    /// <summary>JSON pointer to the list that a page wraps; empty where there is none.</summary>
    public string ItemsPointer { get; }

    /// <summary>Tells whether a page is not the last; null where the tool has no pages.</summary>
    public FurtherPages? Further { get; }

    /// <summary>Of an answer that is no list.</summary>
    public ObjectType Whole { get; }

    /// <summary>Of the items.</summary>
    public ObjectType Item { get; }

    /// <summary>Writes the answers of one call.</summary>
    public AnswerObjects For(PreparedRequest call) => new TypedObjects(this, AnswerOrigin.Of(call));
}
