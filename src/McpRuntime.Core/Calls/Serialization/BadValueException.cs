namespace McpRuntime.Calls.Serialization;

/// <summary>One value cannot go to its place; the builder adds the argument's name and collects all of them.</summary>
internal sealed class BadValueException(string reason) : Exception(reason)
{
    /// <summary>Half of a surrogate pair, in a string or in the name of a member.</summary>
    public const string HalfSurrogate = "holds half of a surrogate pair (such as \\ud800), which is not a character; leave it out.";

    /// <summary>True also for what JsonElement throws for the name of a member that is no Unicode text.</summary>
    public static bool IsOne(Exception exception) => exception is BadValueException or InvalidOperationException;

    /// <summary>What is wrong with the value, to follow the argument's name.</summary>
    public static string Reason(Exception exception) => exception is BadValueException ? exception.Message : HalfSurrogate;
}
