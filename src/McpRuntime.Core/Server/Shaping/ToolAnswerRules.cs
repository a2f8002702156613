using System.Runtime.CompilerServices;
using McpRuntime.Connectors;
using McpRuntime.Json.Selecting;
using McpRuntime.Manifests;

namespace McpRuntime.Server.Shaping;

/// <summary>What a manifest says of the answers of one tool, worked out once.</summary>
internal sealed record ToolAnswerRules
{
    private static readonly ToolAnswerRules None = new();
    private static readonly ConditionalWeakTable<ServedTool, ToolAnswerRules> Known = [];

    /// <summary>What a model gets where it selects nothing itself; null for all.</summary>
    public Selection? Select { get; private init; }

    /// <summary>In tokens, 0 for no bound; null where the manifest says nothing.</summary>
    public int? Budget { get; private init; }

    /// <summary>The tool takes what <see cref="Surface.OptionArguments"/> has among its own arguments.</summary>
    public bool HasOptions { get; private init; }

    public static ToolAnswerRules Of(ServedTool tool)
    {
        // Of nearly every tool there is nothing to know.
        if (
            ReferenceEquals(tool.Connector.Answer, AnswerRules.None)
            && ReferenceEquals(tool.Tool.Answer, AnswerRules.None)
        )
            return None;
        return Known.GetValue(tool, static served => Make(served.Tool.Answer.Over(served.Connector.Answer)));
    }

    private static ToolAnswerRules Make(AnswerRules rules)
    {
        Selection? select = null;
        // The manifest was read with the same rules, so that there is no fault.
        if (rules.Select is not null || rules.Drop is not null)
            Selection.Read(rules.Select, rules.Drop, out select);
        return new ToolAnswerRules
        {
            Select = select,
            Budget = rules.Budget,
            HasOptions = rules.Options == true,
        };
    }
}
