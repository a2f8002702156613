using System.Text.Json;
using McpRuntime.Calls.Options;
using McpRuntime.Json.Selecting;

namespace McpRuntime.Server.Surface;

/// <summary>
/// What a caller may ask besides the arguments of a tool (<see cref="AnswerOptions"/>). The call tools have it next to
/// <c>name</c> and <c>arguments</c>; a tool that is called directly has it among its arguments, with an underscore.
/// </summary>
internal static class OptionArguments
{
    /// <summary>Before the names on tools that are called directly.</summary>
    public const string Prefix = "_";

    /// <summary>Without prefix, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> Names { get; } = ["select", "max_items"];

    /// <summary>Members of the <c>properties</c> of an input schema, as JSON without braces.</summary>
    public static string Properties(string prefix) =>
        $$"""
            "{{prefix}}select":{"type":"string",
            "description":"Parts of the answer: items[].{id,user.login}, or -body to leave out."},
            "{{prefix}}max_items":{"type":"integer","minimum":1,
            "description":"For a list with pages: how many items to gather from its pages."}
            """;

    /// <summary>Reads them; what is wrong is noted there.</summary>
    public static AnswerOptions Read(SurfaceArguments arguments, string prefix)
    {
        var select = ReadSelect(arguments, $"{prefix}select");
        var items = arguments.Whole($"{prefix}max_items", least: 1, most: 1_000_000);
        return select is null && items is null
            ? AnswerOptions.None
            : new AnswerOptions { Select = select, MaxItems = items };
    }

    /// <summary>Takes them out of the arguments of a direct call.</summary>
    /// <param name="arguments">An object.</param>
    /// <param name="isOwn">The tool has an argument of that name itself, which it keeps.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="fault">What is wrong with it; null for nothing.</param>
    /// <returns>The arguments of the tool.</returns>
    public static JsonElement TakeFrom(
        JsonElement arguments,
        Func<string, bool> isOwn,
        out AnswerOptions options,
        out string? fault
    )
    {
        (options, fault) = (AnswerOptions.None, null);
        if (!arguments.EnumerateObject().Any(argument => IsOption(argument.Name, isOwn)))
            return arguments;
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var rest = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
            (IsOption(argument.Name, isOwn) ? given : rest)[argument.Name] = argument.Value;
        var read = new SurfaceArguments(given, [.. Names.Select(name => Prefix + name)]);
        options = Read(read, Prefix);
        fault = read.Fault;
        return ToObject(rest);
    }

    private static bool IsOption(string name, Func<string, bool> isOwn) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && Names.Contains(name[Prefix.Length..]) && !isOwn(name);

    private static Selection? ReadSelect(SurfaceArguments arguments, string name)
    {
        if (arguments.Text(name) is not { } text)
            return null;
        if (Selection.Read(text, out var selection) is { } fault)
            arguments.Refuse(name, $"cannot be read: {fault}. Write it as items[].{{id,user.login}} or -body");
        return selection;
    }

    private static JsonElement ToObject(Dictionary<string, JsonElement> members)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, MessageWriter.Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return JsonElement.Parse(buffer.Span);
    }
}
