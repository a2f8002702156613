using System.Text.Json;

namespace McpRuntime.Documents.Json;

/// <summary>For reading JSON where how deep it may be nested is another's question.</summary>
internal static class UnboundedDepth
{
    internal const int Levels = 100_000;

    internal static readonly JsonReaderOptions Reader = new() { MaxDepth = Levels };
}
