using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// Parameters of Invoke-McpTool that are offered next to those of the tool. PowerShell binds a static parameter, and
/// every abbreviation of one, before it looks at those of the tool: an API's <c>timeout</c> or <c>status</c> could not
/// keep its name.
/// </summary>
internal sealed class CallParameters
{
    /// <summary>
    /// Seconds for the whole call: attempts, waits and the transfer of the answer, but not the time of the pipeline.
    /// Default: the limit of the tool, of the connector, or MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS, which applies again
    /// to each wait for more of the answer.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <summary>
    /// Which of several accounts is used: the profile of Connect-McpConnector or Set-McpCredential. Default:
    /// MCP_RUNTIME_PROFILE, that of the manifest, or default.
    /// </summary>
    [Parameter]
    [ValidatePattern(ProfileName.Pattern)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>
    /// Calls in the background and returns a job. Objects from the pipeline are calls of one job, in order.
    /// Confirmation is asked for before it starts; a locked vault is an error of the job.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>
    /// Name of a variable, without the dollar sign, for the HTTP status as a number; null if the API did not answer.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatusCodeVariable { get; set; }

    /// <summary>
    /// Reads a list with pages page by page and returns its items, at most this many. Items are written as their page
    /// arrives; no further page is asked for than is needed.
    /// </summary>
    /// <remarks>For tools with pages, unless an argument of the tool has the name.</remarks>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [GivesWay(OnlyForPages = true)]
    public long? First { get; set; }

    /// <summary>
    /// Number of items to leave out at the beginning of a list with pages. They are read all the same.
    /// </summary>
    /// <remarks>For tools with pages, unless an argument of the tool has the name.</remarks>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    [GivesWay(OnlyForPages = true)]
    public long? Skip { get; set; }

    /// <summary>
    /// Reads all pages of a list and returns its items, each as its page arrives. Select-Object -First ends it early.
    /// </summary>
    /// <remarks>For tools with pages, unless an argument of the tool has the name.</remarks>
    [Parameter]
    [GivesWay(OnlyForPages = true)]
    public SwitchParameter All { get; set; }

    /// <summary>
    /// Waits for the end of an operation that the API only accepts (HTTP 202, or an operation that is not done) and
    /// returns its result, at most for -TimeoutSec or MCP_RUNTIME_MAX_WAIT_SECONDS.
    /// </summary>
    /// <remarks>Unless an argument of the tool has the name.</remarks>
    [Parameter]
    [GivesWay]
    public SwitchParameter Wait { get; set; }
}
