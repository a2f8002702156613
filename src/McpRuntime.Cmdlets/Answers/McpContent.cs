namespace McpRuntime.Cmdlets.Answers;

/// <summary>Bytes that a tool answered with, such as an image.</summary>
/// <param name="MediaType">What they are.</param>
/// <param name="Data">The bytes.</param>
public sealed record McpContent(string MediaType, byte[] Data);
