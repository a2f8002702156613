using System.Runtime.InteropServices;
using Quickstart;

// The whole way in one run, offline: a REST API with an OpenAPI document becomes MCP tools that an MCP client calls.
using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var workplace = new Workplace();
try
{
    await Tour.RunAsync(workplace, stopping.Token);
    return 0;
}
catch (Exception) when (stopping.IsCancellationRequested)
{
    // A terminal's Ctrl+C reaches the children too, so their end may be noticed before the cancellation.
    await Console.Error.WriteLineAsync("Stopped.");
    return 130;
}
catch (Exception exception) when (exception is not OutOfMemoryException)
{
    await Console.Error.WriteLineAsync($"The quickstart failed: {exception.Message}");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}
