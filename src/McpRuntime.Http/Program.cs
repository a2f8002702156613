return await McpRuntime.Http.Hosting.GatewayCommandLine.RunAsync(args, CancellationToken.None);
