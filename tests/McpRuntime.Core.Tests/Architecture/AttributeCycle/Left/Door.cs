using System.ComponentModel;
using McpRuntime.Tests.Architecture.AttributeCycle.Right;

namespace McpRuntime.Tests.Architecture.AttributeCycle.Left;

/// <summary>With <see cref="Key"/>, a cycle that an attribute closes.</summary>
internal sealed class Door
{
    [TypeConverter(typeof(Key))]
    public int Bolt { get; set; }
}
