using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Testing;
using Microsoft.ML.Tokenizers;

namespace McpRuntime.Stdio.Tests.Serving.Agent;

/// <summary>What is wanted of an API, the tool that does it, and its arguments.</summary>
internal sealed record AgentTask(string Request, string Tool, string Arguments, string? Api = null);

/// <summary>
/// A script that does what a model would do: with all tools listed it calls one by name; with search tools it searches
/// in words, takes the tool that has most of its arguments and requires no others (of several, the best), reads about it
/// and calls it. It counts what
/// a model would read and write, in tokens of o200k.
/// </summary>
internal sealed class ScriptedAgent(McpRuntimeProcess runtime)
{
    private static readonly Lazy<TiktokenTokenizer> O200k = new(() =>
        TiktokenTokenizer.CreateForEncoding("o200k_base")
    );

    private static readonly Regex Argument = new(@"(?:^|, )([A-Za-z0-9_-]+)(\??): ");

    /// <summary>Does all tasks in one session.</summary>
    /// <returns>Tokens of the instructions, of the list, and of all requests and answers.</returns>
    public async Task<(int Start, int Work)> RunAsync(string mode, IEnumerable<AgentTask> tasks)
    {
        await using var session = new ServeSession(runtime, "--expose", mode);
        var hello = (await session.InitializeAsync()).GetProperty("result").GetProperty("instructions").GetString()!;
        var list = await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        // A client reads _meta, and no model sees it.
        var tools = list.GetProperty("result")
            .GetProperty("tools")
            .EnumerateArray()
            .Select(tool =>
                string.Join(
                    ',',
                    tool.EnumerateObject()
                        .Where(member => member.Name != "_meta")
                        .Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}")
                )
            );
        var start = Tokens(hello) + tools.Sum(Tokens);
        var work = 0;
        foreach (var task in tasks)
            work +=
                mode == "all"
                    ? await CallAsync(session, task.Tool, task.Arguments)
                    : await FindAndCallAsync(session, task);
        return (start, work);
    }

    private static async Task<int> FindAndCallAsync(ServeSession session, AgentTask task)
    {
        var query = JsonSerializer.Serialize(
            task.Api is null ? (object)new { query = task.Request } : new { query = task.Request, api = task.Api }
        );
        var found = ExposeTests.Text(await session.AskAsync(ExposeTests.Call("search_tools", query)));
        var given = JsonElement.Parse(task.Arguments).EnumerateObject().Select(argument => argument.Name).ToHashSet();
        var line = found
            .Split('\n')
            .Where(line => line.Contains(") // ", StringComparison.Ordinal))
            .OrderByDescending(line => Shown(line, given))
            .First();
        var name = line[..line.IndexOf('(', StringComparison.Ordinal)];
        var kind = line[(line.IndexOf(") // ", StringComparison.Ordinal) + 5)..].Split(':', ',')[0];
        var names = $$"""{"names":["{{name}}"]}""";
        var described = ExposeTests.Text(await session.AskAsync(ExposeTests.Call("describe_tools", names)));
        return Tokens(query)
            + Tokens(found)
            + Tokens(names)
            + Tokens(described)
            + await CallAsync(
                session,
                $"call_{kind}_tool",
                $$"""{"name":"{{name}}","arguments":{{task.Arguments}} }"""
            );
    }

    // How many of the task's arguments a signature has; none where it requires others.
    private static int Shown(string line, HashSet<string> given)
    {
        var end = line.IndexOf(") // ", StringComparison.Ordinal);
        var arguments = Argument.Matches(line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..end]);
        return arguments.Any(argument => argument.Groups[2].Length == 0 && !given.Contains(argument.Groups[1].Value))
            ? -1
            : arguments.Count(argument => given.Contains(argument.Groups[1].Value));
    }

    private static async Task<int> CallAsync(ServeSession session, string tool, string arguments)
    {
        var answer = await session.AskAsync(ExposeTests.Call(tool, arguments));
        var result = answer.GetProperty("result");
        Assert.False(result.TryGetProperty("isError", out _), $"{tool} {arguments}: {result.GetRawText()}");
        return Tokens(tool) + Tokens(arguments) + Tokens(result.GetRawText());
    }

    private static int Tokens(string text) => O200k.Value.CountTokens(text);
}
