using System.Diagnostics;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Pictures;

/// <summary>The sample API, as a user starts it, on a free port.</summary>
internal sealed class PetShopProcess : IAsyncDisposable
{
    /// <summary>What its writing routes ask for.</summary>
    public const string Key = "secret";

    private readonly Process _process;

    private PetShopProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<PetShopProcess> StartAsync(CancellationToken cancellationToken)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = RepositoryRoot.PathOf("samples", "PetShop", "bin", own.Parent!.Name, own.Name, "PetShop.dll");
        var process = ProcessRunner.Start(
            "dotnet",
            ["exec", program, "0"],
            new Dictionary<string, string?> { ["PETSHOP_API_KEY"] = Key }
        );
        var line = await process
            .StandardOutput.ReadLineAsync(cancellationToken)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, cancellationToken);
        Assert.StartsWith("Listening on ", line, StringComparison.Ordinal);
        return new PetShopProcess(process, new Uri(line!["Listening on ".Length..]));
    }

    // It ends when its standard input does.
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(ProcessRunner.HangGuard);
        _process.Dispose();
    }
}
