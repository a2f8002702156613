namespace McpRuntime.Cmdlets.Values;

/// <summary>A number by its digits.</summary>
/// <param name="Text">A JSON number.</param>
internal sealed record JsonNumber(string Text);
