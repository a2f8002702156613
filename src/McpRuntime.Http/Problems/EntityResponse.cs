using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace McpRuntime.Http.Problems;

/// <summary>
/// Answers that clients keep and ask for again with <c>If-None-Match</c> (RFC 9110 section 13.1.2).
/// </summary>
internal static class EntityResponse
{
    /// <summary>A strong tag of some bytes.</summary>
    public static string TagOf(ReadOnlySpan<byte> content) =>
        $"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 16))}\"";

    /// <summary>
    /// Sets the tag, and answers 304 where the client has what it names; it then must not write anything more.
    /// </summary>
    public static bool AnswerUnchanged(this HttpContext context, string tag)
    {
        var response = context.Response;
        response.Headers.ETag = tag;
        // Kept by the client alone, and never used without asking: who may see it can change.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = "Authorization, Cookie";
        if (
            !EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known)
            || !known.Any(candidate =>
                candidate.Equals(EntityTagHeaderValue.Any)
                || candidate.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false)
            )
        )
            return false;
        response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>Answers with a manifest, as a file that browsers save.</summary>
    public static async Task WriteManifestAsync(this HttpContext context, string name, string manifest)
    {
        var content = Encoding.UTF8.GetBytes(manifest);
        if (context.AnswerUnchanged(TagOf(content)))
            return;
        context.Response.ContentType = "application/yaml; charset=utf-8";
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = name.Replace('/', '_') + ".yaml",
        }.ToString();
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
