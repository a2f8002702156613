using McpRuntime.Tests.Architecture.Cycle.Right;

namespace McpRuntime.Tests.Architecture.Cycle.Left;

/// <summary>With <see cref="Hen"/>, the smallest cycle of folders.</summary>
internal static class Egg
{
    public static object Hatch() => new Hen();
}
