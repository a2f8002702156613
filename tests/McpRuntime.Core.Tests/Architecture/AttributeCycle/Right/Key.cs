using System.ComponentModel;
using McpRuntime.Tests.Architecture.AttributeCycle.Left;

namespace McpRuntime.Tests.Architecture.AttributeCycle.Right;

/// <summary>The other half of <see cref="Door"/>.</summary>
internal sealed class Key : TypeConverter
{
    public object Fits { get; } = new Door();
}
