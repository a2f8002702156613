using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>Whether an answer is not the last page of a list, where it says so itself.</summary>
internal sealed class FurtherPages(ToolPagination pagination)
{
    public bool IsNamed(JsonElement page)
    {
        if (pagination.More is { } more)
            return JsonPointer.Find(page, more) is { ValueKind: JsonValueKind.True };
        return pagination.Next is { } next
            && JsonPointer.Find(page, next) is { } value
            && (
                value.ValueKind == JsonValueKind.Number
                || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0)
            );
    }

    public bool IsNamed(IReadOnlyList<AnswerHeader> headers) =>
        pagination.Style == PagingStyle.Link
        && headers.Any(header =>
            header.Name.Equals("Link", StringComparison.OrdinalIgnoreCase) && LinkField.Next(header.Value) is not null
        );
}
