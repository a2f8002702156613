using McpRuntime.Calls.Answers;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>What a caller is told whose call needs a sign-in.</summary>
/// <param name="Text">For any client; it has the link where there is one.</param>
/// <param name="Page">For clients that open pages; null where there is none to open.</param>
internal sealed record ConnectOffer(string Text, UserPage? Page);
