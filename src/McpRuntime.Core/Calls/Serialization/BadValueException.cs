namespace McpRuntime.Calls.Serialization;

/// <summary>One value cannot go to its place; the builder adds the argument's name and collects all of them.</summary>
/// <param name="reason">What is wrong with the value, to follow the argument's name.</param>
/// <param name="property">Wire name of the body's property that holds it; null: the argument itself.</param>
internal sealed class BadValueException(string reason, string? property = null) : Exception(reason)
{
    /// <summary>Half of a surrogate pair, in a string or in the name of a member.</summary>
    public const string HalfSurrogate =
        "holds half of a surrogate pair (such as \\ud800), which is not a character; leave it out.";

    public string? Property => property;

    /// <summary>The same about a property of the body.</summary>
    public static BadValueException InProperty(string property, Exception exception) =>
        new(Reason(exception), property);

    /// <summary>True also for what JsonElement throws for the name of a member that is not Unicode text.</summary>
    public static bool IsOne(Exception exception) => exception is BadValueException or InvalidOperationException;

    /// <summary>What is wrong with the value, to follow the argument's name.</summary>
    public static string Reason(Exception exception) =>
        exception is BadValueException ? exception.Message : HalfSurrogate;
}
