using System.Text.Json;
using McpRuntime.Calls.Answers;

namespace McpRuntime.Calls.Paging;

/// <summary>One page of a list. It is valid until the next one is read.</summary>
public sealed class AnswerPage
{
    internal AnswerPage(int number, ToolAnswer answer, IReadOnlyList<JsonElement> items, PageBody? body) =>
        (Number, Answer, Items, Body) = (number, answer, items, body);

    /// <summary>1 for the first page that was read.</summary>
    public int Number { get; }

    /// <summary>The whole answer of the page.</summary>
    public ToolAnswer Answer { get; }

    /// <summary>Its items that have not come before, up to the bound of the call.</summary>
    public IReadOnlyList<JsonElement> Items { get; }

    /// <summary>The answer is a list where the tool's <c>pagination</c> says so.</summary>
    public bool IsList => Body is not null;

    internal PageBody? Body { get; }
}
