using System.Runtime.InteropServices;
using McpRuntime.Stdio;

// The first Ctrl+C (or SIGTERM) asks the command to end; a second one is left to the system, which ends the process.
using var stopping = new CancellationTokenSource();
var signalled = 0;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var code = await CommandLine.RunAsync(args, new Terminal(), stopping.Token);
return signalled != 0 && code == ExitCode.Stopped && signalled == (int)PosixSignal.SIGTERM ? ExitCode.Terminated : code;

void Stop(PosixSignalContext context)
{
    if (Interlocked.Exchange(ref signalled, (int)context.Signal) != 0)
        return;
    context.Cancel = true;
    stopping.Cancel();
}
