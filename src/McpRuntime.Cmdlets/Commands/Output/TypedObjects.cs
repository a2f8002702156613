using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Http;
using McpRuntime.Json;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>
/// Writes the answers of one call as objects with types. A page that wraps its list is written as its items.
/// </summary>
internal sealed class TypedObjects(AnswerTypes types, AnswerOrigin origin) : AnswerObjects
{
    private bool _hasMore;

    public override void Write(McpCmdlet cmdlet, ReadOnlySpan<byte> json, bool asHashtable)
    {
        if (types.ItemsPointer.Length > 0)
        {
            var page = JsonElement.Parse(json);
            if (JsonPointer.Find(page, types.ItemsPointer) is { ValueKind: JsonValueKind.Array } items)
            {
                foreach (var item in items.EnumerateArray())
                    WriteItem(cmdlet, JsonMarshal.GetRawUtf8Value(item), asHashtable);
                _hasMore = types.Further?.IsNamed(page) == true;
                return;
            }
        }
        // Items of a list come one by one.
        Write(cmdlet, json, asHashtable, json[0] == '{' && types.ItemsPointer.Length > 0 ? types.Whole : types.Item);
    }

    public override void WriteItem(McpCmdlet cmdlet, ReadOnlySpan<byte> json, bool asHashtable) =>
        Write(cmdlet, json, asHashtable, types.Item);

    public override void Finish(McpCmdlet cmdlet, IReadOnlyList<AnswerHeader> headers)
    {
        if (_hasMore || types.Further?.IsNamed(headers) == true)
            cmdlet.WriteWarning(
                origin.OffersPages
                    ? "There are further pages. -All reads them, -First N as many as are needed."
                    : "There are further pages. The parameters of the API ask for them."
            );
    }

    private void Write(McpCmdlet cmdlet, ReadOnlySpan<byte> json, bool asHashtable, ObjectType type)
    {
        var value = JsonObjects.From(json, asHashtable);
        cmdlet.WriteObject(asHashtable ? value : type.Apply(value, origin), enumerateCollection: false);
    }
}
