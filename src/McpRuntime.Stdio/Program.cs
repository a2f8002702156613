using System.Runtime.InteropServices;
using McpRuntime.Stdio;

// The first Ctrl+C (or SIGTERM) asks the command to end; a second one is left to the system, which ends the process.
// Some waits cannot be cancelled, such as reading a terminal: then the process ends anyway, a little later.
var grace = TimeSpan.FromSeconds(5);
using var stopping = new CancellationTokenSource();
var signal = ExitCode.Stopped;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCode.Stopped));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    Stop(context, ExitCode.Terminated)
);

var code = await CommandLine.RunAsync(args, new Terminal(), stopping.Token);
return code == ExitCode.Stopped ? signal : code;

void Stop(PosixSignalContext context, int exitCode)
{
    if (stopping.IsCancellationRequested)
        return;
    context.Cancel = true;
    signal = exitCode;
    stopping.Cancel();
    // Main may never come to return, with a call that cannot be cancelled.
#pragma warning disable RS0030
    _ = Task.Delay(grace).ContinueWith(_ => Environment.Exit(exitCode), TaskScheduler.Default);
#pragma warning restore RS0030
}
