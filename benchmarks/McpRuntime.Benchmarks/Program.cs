using McpRuntime.Benchmarks.Gateway;
using McpRuntime.Benchmarks.Import;
using McpRuntime.Benchmarks.Paging;
using McpRuntime.Benchmarks.Search;
using McpRuntime.Benchmarks.Stdio;

// Each benchmark measures McpRuntime beside a floor in the same run; ratios are what counts.
return args switch
{
    ["stdio", .. var options] => await StdioBenchmark.RunAsync(options),
    ["tool", .. var options] => await ShimBenchmark.RunAsync(options),
    ["gateway", .. var options] => await GatewayBenchmark.RunAsync(options),
    ["import", .. var options] => await ImportBenchmark.RunAsync(options),
    ["search", .. var options] => await SearchBenchmark.RunAsync(options),
    ["paging", .. var options] => await PagingCount.RunAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: dotnet run -c Release --project benchmarks/McpRuntime.Benchmarks -- BENCHMARK

        stdio [--rounds N] [--tools N] [--document FILE] [--published DIR]
            start and tools/list of 'mcp-runtime serve', published ReadyToRun, against a bare server of the SDK; with the tools
            of an OpenAPI document, the first list against initialize

        tool [--rounds N]
            start of the command that 'dotnet tool install' makes, against the published executable; both ReadyToRun

        gateway --document FILE [--rounds N] [--published DIR]
            start of the gateway, published ReadyToRun: the first list of the document's tools against initialize

        import [--rounds N] [--node-modules DIR] [FILE…]
            import of generated documents and of files against JsonDocument.Parse of the same bytes; of each at least
            N rounds, and five seconds

        search --connectors DIR [--rounds N]
            index and searches over the tools of a folder of manifests: time, memory, p99

        paging [--node-modules DIR] [--lines FILE] [FILE…]
            how many GET operations of documents are recognised as paging, by kind; --lines writes each for people to check
        """
    );
    return 2;
}
