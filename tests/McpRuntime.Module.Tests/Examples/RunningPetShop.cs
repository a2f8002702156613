using System.Diagnostics;
using System.Globalization;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Examples;

/// <summary>The sample API on the port that examples name.</summary>
internal sealed class RunningPetShop : IDisposable
{
    private readonly Process _process;

    private RunningPetShop(Process process) => _process = process;

    /// <summary>Skips the running test where something else listens on the port.</summary>
    public static async Task<RunningPetShop> StartAsync(int port, CancellationToken cancellationToken)
    {
        var process = ProcessRunner.Start(
            "dotnet",
            ["exec", Pwsh.PetShop, port.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string?> { ["PETSHOP_API_KEY"] = "secret" }
        );
        var line = await process
            .StandardOutput.ReadLineAsync(cancellationToken)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, cancellationToken);
        if (line?.StartsWith("Listening on", StringComparison.Ordinal) is true)
            return new RunningPetShop(process);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        process.Dispose();
        Assert.Skip($"The pet shop cannot listen on port {port}: {error}");
        throw new UnreachableException();
    }

    // It ends when its standard input does.
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(ProcessRunner.HangGuard);
        _process.Dispose();
    }
}
