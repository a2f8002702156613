using System.Management.Automation;
using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Commands;

/// <summary>A command with a parameter set whose tool answers with a list in pages.</summary>
public abstract class ApiListCommand : ApiCommand
{
    /// <summary>
    /// Reads page by page and returns this many items at most. No further page is asked for than is needed.
    /// </summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Number of items to leave out at the beginning. They are read all the same.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? Skip { get; set; }

    /// <summary>
    /// Reads all pages; each item is returned as its page arrives. Select-Object -First ends it early.
    /// </summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override PageWish? Pages => PageWish.Of(First, Skip, All);
}
