using System.Text.Json;
using McpRuntime.Json.Schemas;

namespace McpRuntime.Calls.Arguments;

/// <summary>Arguments that may be sent.</summary>
/// <param name="Arguments">With defaults and conversions, without the nulls that mean nothing.</param>
/// <param name="Warnings">Where they do not fit the input schema although they are sent; none where they fit.</param>
internal readonly record struct CheckedArguments(JsonElement Arguments, IReadOnlyList<SchemaViolation> Warnings);
