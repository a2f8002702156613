using System.Diagnostics;

namespace McpRuntime.Http.Metrics;

/// <summary>Figures of the process, under the names that Prometheus and .NET have for them.</summary>
internal static class ProcessFigures
{
    private static readonly double Started =
        new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUnixTimeMilliseconds() / 1000.0;

    /// <param name="text">Gets them.</param>
    /// <param name="collects">The heap is counted without garbage, which takes a collection.</param>
    public static void Write(PrometheusText text, bool collects)
    {
        Write("process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.", Started);
        Write("process_resident_memory_bytes", "gauge", "Resident memory of the process.", Environment.WorkingSet);
        Write("process_cpu_seconds_total", "counter", "Processor time.", Environment.CpuUsage.TotalTime.TotalSeconds);
        Write(
            "dotnet_gc_heap_bytes",
            "gauge",
            "Size of the managed heap.",
            GC.GetTotalMemory(forceFullCollection: collects)
        );
        Write("dotnet_gc_allocated_bytes_total", "counter", "Allocated bytes.", GC.GetTotalAllocatedBytes());

        void Write(string name, string type, string help, double value)
        {
            text.Head(name, type, help);
            text.Sample(name, "", value);
        }
    }
}
