using McpRuntime.Calls.Sending;
using McpRuntime.Credentials;
using McpRuntime.Http;
using McpRuntime.Json;

namespace McpRuntime.Calls.Answers;

/// <summary>
/// What a call brought, in no protocol's own shape: front ends turn it into MCP content, objects or JSON.
/// </summary>
public sealed record ToolAnswer
{
    /// <summary>The call failed; the content explains it so that a model can act on it.</summary>
    public bool IsError { get; init; }

    public required IReadOnlyList<AnswerContent> Content { get; init; }

    /// <summary>The answer as JSON where it is JSON.</summary>
    public JsonText? Structured { get; init; }

    /// <summary>
    /// Fields of the answer that matter to its caller: Location, the next page in Link, Retry-After, what the operation
    /// declares, and for HEAD everything; never a credential. Front ends show them with <see cref="Content"/>.
    /// </summary>
    public IReadOnlyList<AnswerHeader> Headers { get; init; } = [];

    /// <summary>The API answered without a body; <see cref="Content"/> only says so.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>
    /// The body was longer than the tool's bound or the caller's budget: <see cref="Content"/> is a part of it and says
    /// so.
    /// </summary>
    public bool IsCut { get; init; }

    /// <summary>
    /// The API has accepted the call and not ended its work; the last block of <see cref="Content"/> says how to ask.
    /// </summary>
    public bool IsPending { get; init; }

    /// <summary>How the answer came from the cache; null for one that the API sent now.</summary>
    internal ReusedAnswer? Reused { get; init; }

    /// <summary>The upstream's HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// What the API said about an error, in its own words: title, detail and field errors, or its text. Null for none.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>
    /// Names why the call was refused, see <see cref="McpRuntimeException.ErrorCode"/>; null for none.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>The sign-in that the call needs; null where that is not what kept it from being sent.</summary>
    public CredentialKey? NeededSignIn { get; init; }

    /// <summary>
    /// A page by which the user can mend an error; clients that cannot open it get <see cref="Content"/>.
    /// </summary>
    public UserPage? Page { get; init; }

    /// <summary>Why no answer came; null where one did, and where nothing was sent.</summary>
    public ToolFailure? Failure { get; init; }

    /// <summary><see cref="Headers"/> as a block of text, one a line below a heading; null for none.</summary>
    public string? HeadersText() => AnswerHeader.Block(Headers);

    public static ToolAnswer Text(string text) => new() { Content = [new AnswerContent.Text(text)] };

    public static ToolAnswer Error(string text) => new() { IsError = true, Content = [new AnswerContent.Text(text)] };
}

/// <summary>What kept an answer from coming.</summary>
public enum ToolFailure
{
    /// <summary>The call's time was over.</summary>
    Timeout,

    /// <summary>There is no connection, or it broke.</summary>
    Unreachable,
}

/// <summary>One block of an answer.</summary>
public abstract record AnswerContent
{
    private AnswerContent() { }

    public sealed record Text(string Value) : AnswerContent;

    public sealed record Image(ReadOnlyMemory<byte> Data, string MediaType) : AnswerContent;

    public sealed record Audio(ReadOnlyMemory<byte> Data, string MediaType) : AnswerContent;

    /// <summary>Where the whole answer can be read for a while, as a resource of MCP.</summary>
    public sealed record Link(string Uri, string Title, string MediaType, long Bytes) : AnswerContent;

    /// <summary>Any other bytes.</summary>
    public sealed record Blob(ReadOnlyMemory<byte> Data, string MediaType, Uri Uri) : AnswerContent;
}
