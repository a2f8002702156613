using McpRuntime.Benchmarks.Stdio;

// Each benchmark measures McpRuntime beside a floor in the same run; ratios are what counts.
return args switch
{
    ["stdio", .. var options] => await StdioBenchmark.RunAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: dotnet run -c Release --project benchmarks/McpRuntime.Benchmarks -- BENCHMARK

        stdio [--rounds N] [--tools N] [--published DIR]
            start and tools/list of 'mcp-runtime serve', published ReadyToRun, against a bare server of the SDK
        """);
    return 2;
}
