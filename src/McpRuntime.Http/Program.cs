return await McpRuntime.Http.Hosting.CommandLine.RunAsync(args, CancellationToken.None);
