namespace McpRuntime.Calls.Answers;

/// <summary>A page that the user has to open before the call can succeed.</summary>
/// <param name="Url">For this user alone; it is in no other text of the request to open it.</param>
/// <param name="Message">Why, as text for the user.</param>
/// <param name="Id">Names the request when it is completed; no one can open anything with it.</param>
public sealed record UserPage(Uri Url, string Message, string Id);

/// <summary>What the user said when the client asked to open a <see cref="UserPage"/>.</summary>
public enum UserReply
{
    /// <summary>The client was not asked.</summary>
    None,

    /// <summary>The page was opened, which says nothing about what was done there.</summary>
    Accepted,

    /// <summary>The user did not want to open it.</summary>
    Declined,
}
