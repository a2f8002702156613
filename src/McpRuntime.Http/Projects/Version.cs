using System.Globalization;

namespace McpRuntime.Http.Projects;

/// <summary>
/// What a change is based on. The time of creation is part of it: what was deleted and made again begins to count anew,
/// and a change that was meant for the one before must not reach it.
/// </summary>
/// <param name="Number">Counts changes since it was made.</param>
/// <param name="Created">When it was made, in milliseconds.</param>
internal readonly record struct Version(long Number, DateTimeOffset Created)
{
    /// <summary>As a strong entity tag (RFC 9110 section 8.8.3).</summary>
    public string ETag =>
        string.Create(CultureInfo.InvariantCulture, $"\"{Number}-{Created.ToUnixTimeMilliseconds():x}\"");
}
