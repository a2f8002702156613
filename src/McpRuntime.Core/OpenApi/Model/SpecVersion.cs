using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>The lines of the specification that differ in what a document means.</summary>
internal enum SpecLine
{
    /// <summary>
    /// A document that is not an OpenAPI document by itself, such as a file of schemas; read as the one that refers to
    /// it.
    /// </summary>
    None,

    /// <summary>OpenAPI 2.0.</summary>
    V20,

    /// <summary>OpenAPI 3.0: its own dialect of JSON Schema.</summary>
    V30,

    /// <summary>OpenAPI 3.1 and later: JSON Schema 2020-12.</summary>
    V31,
}

/// <summary>The version that a document states.</summary>
/// <param name="Line">What it means for reading.</param>
/// <param name="Text">As the document has it; null where it has none.</param>
internal readonly record struct SpecVersion(SpecLine Line, string? Text)
{
    internal static SpecVersion Of(JsonElement root)
    {
        if (JsonRead.TryGet(root, "openapi"u8, out var openapi) && JsonRead.Scalar(openapi) is { } version)
            return new SpecVersion(LineOf(version), version);
        if (JsonRead.TryGet(root, "swagger"u8, out var swagger) && JsonRead.Scalar(swagger) is { } older)
            return new SpecVersion(older.StartsWith('2') ? SpecLine.V20 : SpecLine.None, older);
        return default;
    }

    // A minor version that is not known yet is read as the newest known one: minor versions only add.
    private static SpecLine LineOf(string version) =>
        version == "3" || version.StartsWith("3.0", StringComparison.Ordinal) ? SpecLine.V30
        : version.StartsWith("3.", StringComparison.Ordinal) ? SpecLine.V31
        : version.StartsWith("2.", StringComparison.Ordinal) ? SpecLine.V20
        : SpecLine.None;
}
