using System.Security.Claims;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;

namespace McpRuntime.Server;

/// <summary>
/// A request for tools: who makes it, and which tools they see. Made once a request by an <see cref="IToolSource"/>.
/// </summary>
public sealed class ToolCallContext : CallContext
{
    private readonly bool _hasBuiltIns;

    /// <param name="tools">The tools of the caller, as they are now.</param>
    /// <param name="origin">What is known of the request.</param>
    public ToolCallContext(ToolList tools, in RequestOrigin origin)
    {
        Tools = tools;
        User = origin.User;
        _hasBuiltIns = origin.HasBuiltIns;
        IsForModel = origin.HasBuiltIns && !origin.IsProgram;
        Revision = origin.Revision;
        SessionId = origin.SessionId;
        Parent = origin.Trace;
        OpensPages = origin.OpensPages;
        Reply = origin.Reply;
    }

    public ToolList Tools { get; }

    /// <summary>Who was authenticated; null where no one is.</summary>
    public ClaimsPrincipal? User { get; }

    /// <inheritdoc cref="RequestOrigin.OpensPages"/>
    public bool OpensPages { get; }

    /// <inheritdoc cref="RequestOrigin.Reply"/>
    public UserReply Reply { get; }

    /// <summary>A model asks, whose answers are shaped; others get what the API sent.</summary>
    internal bool IsForModel { get; }

    internal BuiltInTool? FindBuiltIn(string name) => _hasBuiltIns ? Tools.FindBuiltIn(name) : null;
}
