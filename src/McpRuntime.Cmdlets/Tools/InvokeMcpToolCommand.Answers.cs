using System.Management.Automation;
using McpRuntime.Calls;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Binding;

namespace McpRuntime.Cmdlets.Tools;

/// <content>What is done with the answers.</content>
public sealed partial class InvokeMcpToolCommand
{
    /// <summary>Returns the text of the answer unchanged. For JSON, that is the JSON of the API.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Returns the answer as JSON: that of the API unchanged, other text as a JSON string.</summary>
    [Parameter]
    public SwitchParameter AsJson { get; set; }

    /// <summary>
    /// Returns ordered hashtables. They can have keys that differ only in case, which are an error otherwise.
    /// </summary>
    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>
    /// File for the body of the answer, byte for byte. It is written under a temporary name and renamed when complete.
    /// Nothing is written to the pipeline. For several calls, use ForEach-Object.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Replaces the file of -OutFile if it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Maximum size of the answer in bytes, after decompression. A longer one is an error. Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaximumBytes { get; set; }

    /// <summary>
    /// Name of a variable, without the dollar sign, for the relevant response headers (Location, Link of further pages,
    /// Retry-After, what the operation declares; for HEAD all) as a dictionary. Never credentials or cookies.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResponseHeadersVariable { get; set; }

    private AnswerShape Shape =>
        Raw ? AnswerShape.Raw
        : AsJson ? AnswerShape.Json
        : AsHashtable ? AnswerShape.Hashtables
        : AnswerShape.Objects;

    private CallSettings Settings(CallParameters own) =>
        new()
        {
            Shape = Shape,
            OutFile = OutFile,
            Overwrites = Force,
            MaximumBytes = MaximumBytes,
            Timeout = own.TimeoutSec is { } seconds
                ? new CallTimeout(TimeSpan.FromSeconds(seconds), "-TimeoutSec")
                : null,
            Profile = own.Profile,
            Waits = own.Wait,
            Pages = PageWish.Of(own.First, own.Skip, own.All),
            HeadersVariable = ResponseHeadersVariable,
            StatusVariable = own.StatusCodeVariable,
            AsJob = own.AsJob,
        };

    private string? ShapeConflict()
    {
        string?[] given = [Raw ? "-Raw" : null, AsJson ? "-AsJson" : null, AsHashtable ? "-AsHashtable" : null];
        return given.OfType<string>().ToArray() is [var one, var other, ..]
            ? $"{one} and {other} cannot be used together."
            : null;
    }
}
