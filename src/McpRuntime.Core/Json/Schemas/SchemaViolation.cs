namespace McpRuntime.Json.Schemas;

/// <summary>One way in which an instance does not fit a schema.</summary>
/// <param name="InstancePointer">JSON pointer (RFC 6901) of the value that is wrong; empty for the instance
/// itself.</param>
/// <param name="SchemaPointer">JSON pointer of the keyword in the schema; behind <c>URI#</c> in another resource's
/// document.</param>
/// <param name="Keyword">The keyword, e.g. <c>maximum</c>.</param>
/// <param name="Message">One sentence that names the value and what would be right, e.g. <c>/age must be at most 120,
/// is 130</c>.</param>
public sealed record SchemaViolation(string InstancePointer, string SchemaPointer, string Keyword, string Message);
