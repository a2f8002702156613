using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpRuntime.Json;

/// <summary>How JSON for programs is written.</summary>
internal static class RelaxedJson
{
    /// <summary>No part of it is ever HTML, so only what JSON demands is escaped.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}
