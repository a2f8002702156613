using McpRuntime.Tests.Architecture.Cycle.Left;

namespace McpRuntime.Tests.Architecture.Cycle.Right;

/// <summary>The other half of <see cref="Egg"/>.</summary>
internal sealed class Hen
{
    public Func<object> Lay { get; } = Egg.Hatch;
}
