namespace McpRuntime.Benchmarks.Stdio;

/// <summary>
/// The command that 'dotnet tool install -g' makes: from starting the process to the answer of initialize, in turns
/// with the published executable, of the same assemblies.
/// </summary>
internal static class ShimBenchmark
{
    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = StdioBenchmark.Option(options, "--rounds", 40);
        var folder = Directory.CreateTempSubdirectory("mcp-runtime-bench-").FullName;
        try
        {
            var published = await Published.PublishAsync("src/McpRuntime.Stdio", "mcp-runtime", folder);
            var shim = await InstallAsync(folder);
            var ofPublished = new Samples("initialize, published executable");
            var ofShim = new Samples("initialize, command of the installed tool");
            for (var round = -1; round < rounds; round++)
            {
                // The first round warms the disk's cache and is thrown away. Who is first changes.
                var keep = round >= 0;
                (string Program, Samples Samples)[] both = [(published, ofPublished), (shim, ofShim)];
                foreach (var (program, samples) in round % 2 == 0 ? both : both.Reverse())
                    StdioBenchmark.Initialize(new ServerProcess(program, folder, "serve"), keep ? samples : null);
            }
            Console.WriteLine(ofPublished);
            Console.WriteLine(ofShim);
            return Verdict.Ratio("installed tool to published", ofShim, ofPublished, 1.3) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Packs the tool for this machine and installs it in a home of its own; returns the command.</summary>
    private static async Task<string> InstallAsync(string folder)
    {
        var feed = Path.Combine(folder, "feed");
        await Published.RunDotnetAsync([
            "pack",
            Published.PathOf("src/McpRuntime.Stdio"),
            "-o",
            feed,
            $"-p:ToolPlatforms={Published.Platform}",
        ]);
        var home = Path.Combine(folder, "home");
        var configuration = Path.Combine(folder, "nuget.config");
        await File.WriteAllTextAsync(
            configuration,
            $"""<configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>"""
        );
        await Published.RunDotnetAsync(
            ["tool", "install", "-g", "McpRuntime", "--configfile", configuration],
            ("DOTNET_CLI_HOME", home),
            ("NUGET_PACKAGES", Path.Combine(folder, "packages"))
        );
        return Published.ExecutableIn(Path.Combine(home, ".dotnet", "tools"), "mcp-runtime");
    }
}
