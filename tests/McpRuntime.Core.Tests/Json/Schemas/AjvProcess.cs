using System.Diagnostics;
using System.Text;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Json.Schemas;

/// <summary>Ajv, the validator most clients use, in one process of Node.js that answers line by line.</summary>
internal sealed class AjvProcess : IDisposable
{
    private readonly Process _process;

    private AjvProcess(Process process) => _process = process;

    /// <summary>Starts it; skips the running test, with the reason, where Node.js or the package is missing.</summary>
    public static AjvProcess StartOrSkip()
    {
        var folder = Path.Combine(RepositoryRoot.Path, "tests", "external");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", "ajv")),
            "Ajv is not installed: run tests/external/install.sh"
        );
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(folder, "ajv-check.mjs") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            return new AjvProcess(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is not installed");
            throw;
        }
    }

    /// <summary>Compiles a schema and validates instances with it.</summary>
    /// <param name="schema">JSON text without line breaks.</param>
    /// <param name="instances">JSON texts without line breaks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why the schema does not compile or cannot be evaluated, else for each instance whether it
    /// fits.</returns>
    public async Task<(string? Error, bool[] Valid)> AskAsync(
        string schema,
        IEnumerable<string> instances,
        CancellationToken cancellationToken
    )
    {
        return Read(
            await AskAsync(
                $$"""{"schema":{{schema}},"instances":[{{string.Join(',', instances)}}]}""",
                cancellationToken
            )
        );
    }

    /// <summary>
    /// Compiles schemas that refer to shared definitions, each definition once, and validates instances with each.
    /// </summary>
    /// <param name="definitions">JSON text without line breaks: an object of what <c>#/definitions/NAME</c>
    /// means.</param>
    /// <param name="schemas">JSON texts without line breaks.</param>
    /// <param name="instances">JSON texts without line breaks for each schema; none to compile only.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For each schema why it does not compile or cannot be evaluated, else for each of its instances whether
    /// it fits.</returns>
    public async Task<IReadOnlyList<(string? Error, bool[] Valid)>> AskAsync(
        string definitions,
        IEnumerable<string> schemas,
        IEnumerable<IEnumerable<string>> instances,
        CancellationToken cancellationToken
    )
    {
        var answer = await AskAsync(
            $$"""{"definitions":{{definitions}},"schemas":[{{string.Join(',', schemas)}}],"instances":[{{string.Join(',', instances.Select(each => $"[{string.Join(',', each)}]"))}}]}""",
            cancellationToken
        );
        Assert.False(answer.TryGetProperty("error", out var error), error.ToString());
        return [.. answer.GetProperty("answers").EnumerateArray().Select(Read)];
    }

    private async Task<JsonElement> AskAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return JsonElement.Parse(
            await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? """{"error":"node ended"}"""
        );
    }

    private static (string? Error, bool[] Valid) Read(JsonElement answer) =>
        answer.TryGetProperty("error", out var error)
            ? (error.GetString(), [])
            : (null, [.. answer.GetProperty("valid").EnumerateArray().Select(v => v.GetBoolean())]);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(30_000))
            _process.Kill();
        _process.Dispose();
    }
}

/// <summary>One Ajv for the tests of a class, started when one of them first asks.</summary>
public sealed class AjvFixture : IDisposable
{
    private AjvProcess? _ajv;

    public void Dispose() => _ajv?.Dispose();

    internal AjvProcess Ajv() => _ajv ??= AjvProcess.StartOrSkip();
}
