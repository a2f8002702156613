using McpRuntime.Calls.Paging;
using McpRuntime.Cmdlets.Tracing;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>The pages of a call.</summary>
/// <param name="Pages">Each is read when it is asked for.</param>
/// <param name="Trace">Tells what each of their calls does.</param>
internal sealed record PageReading(PagedAnswer Pages, CallTrace Trace);
