using System.Buffers;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Http.Audit;

/// <summary>
/// The audit as JSON Lines (one object a line), read from the database piece by piece, so that its size does not
/// matter. An export that the database or the connection cut short ends without the end of the response.
/// </summary>
internal static class AuditExport
{
    private const int Piece = 1000;

    public static async Task WriteAsync(
        HttpResponse response,
        AuditStore store,
        AuditFilter filter,
        CancellationToken cancellationToken
    )
    {
        var entries = await store.ReadForwardAsync(0, Piece, filter, cancellationToken);
        response.ContentType = "application/jsonl";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = "attachment; filename=\"audit.jsonl\"";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, ReadableJson.OneLine);
        while (entries.Count > 0)
        {
            foreach (var (id, entry) in entries)
            {
                AuditJson.Write(writer, id, entry);
                writer.Flush();
                writer.Reset();
                response.BodyWriter.Write("\n"u8);
            }
            await response.BodyWriter.FlushAsync(cancellationToken);
            if (entries.Count < Piece)
                return;
            entries = await store.ReadForwardAsync(entries[^1].Id, Piece, filter, cancellationToken);
        }
    }
}
