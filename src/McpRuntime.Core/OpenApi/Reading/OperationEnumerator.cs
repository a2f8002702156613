using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Reading;

/// <summary>The operations of a document in its order, chosen or not.</summary>
/// <param name="Operations">All of them.</param>
/// <param name="Skipped">Webhooks, callbacks, and what cannot be read.</param>
internal sealed record OperationList(IReadOnlyList<OperationHead> Operations, IReadOnlyList<SkippedOperation> Skipped);

/// <summary>Lists the operations of a document, and what else it describes that is never called.</summary>
internal sealed class OperationEnumerator
{
    private const int MaxPathItemReferences = 16;

    private readonly ImportFindings _findings = new();
    private readonly List<OperationHead> _operations = [];
    private readonly List<SkippedOperation> _skipped = [];
    private readonly Dictionary<(string, string), IReadOnlyList<Node>> _endpoints = [];
    private readonly SpecDocument _document;
    private readonly ReferenceFollower _references;

    private OperationEnumerator(SpecDocument document, ReferenceResolver resolver)
    {
        _document = document;
        _references = new ReferenceFollower(resolver, _findings);
    }

    internal static Found<OperationList> Of(SpecDocument document, ReferenceResolver resolver)
    {
        var enumerator = new OperationEnumerator(document, resolver);
        enumerator.Run();
        return enumerator._findings.With(new OperationList(enumerator._operations, enumerator._skipped));
    }

    private void Run()
    {
        var root = new Node(_document.Resource, _document.Root, DocumentPath.Root);
        var whole = McpExtension.Read(root, _findings);
        if (JsonRead.TryGet(_document.Root, "paths"u8, out var paths))
            ReadPaths(root.Child("paths", paths), whole);
        ReadWebhooks(root, "webhooks");
        ReadWebhooks(root, "x-webhooks");
    }

    private void ReadPaths(Node paths, McpExtension whole)
    {
        if (paths.Element.ValueKind != JsonValueKind.Object)
        {
            _findings.Error(
                ImportRules.WrongType,
                paths,
                $"'paths' must be an object, not {JsonRead.Kind(paths.Element)}."
            );
            return;
        }
        // About two methods a path.
        _endpoints.EnsureCapacity(2 * paths.Element.GetPropertyCount());
        _operations.EnsureCapacity(2 * paths.Element.GetPropertyCount());
        foreach (var property in paths.Element.EnumerateObject())
        {
            var path = JsonRead.Name(property);
            if (path.StartsWith("x-", StringComparison.Ordinal))
                continue;
            var node = paths.Child(path, property.Value);
            if (!path.StartsWith('/'))
            {
                _findings.Warn(
                    ImportRules.PathSlash,
                    node,
                    $"The path '{path}' does not begin with '/'; it is read as '/{path}'."
                );
                path = "/" + path;
            }
            ReadPathItem(path, node, whole);
        }
    }

    private void ReadPathItem(string path, Node node, McpExtension whole)
    {
        var items = PathItems(node);
        var extension = McpExtension.None;
        foreach (var item in items)
            extension = extension.Within(McpExtension.Read(item, _findings));
        extension = extension.Within(whole);
        foreach (var item in items)
        {
            foreach (var property in item.Element.EnumerateObject())
            {
                if (Method(property) is var (key, method))
                    AddOperation(method, path, item.Child(key, property.Value), items, extension);
                else if (_document.Line == SpecLine.V31 && property.NameEquals("additionalOperations"u8))
                    AddAdditional(path, item.Child("additionalOperations", property.Value), items, extension);
            }
        }
    }

    // Its own fields come before those of the path item that it refers to.
    private List<Node> PathItems(Node node)
    {
        var items = new List<Node>(1);
        for (Node? next = node; next is { } item && items.Count < MaxPathItemReferences; )
        {
            if (item.Element.ValueKind != JsonValueKind.Object)
            {
                _findings.Warn(
                    ImportRules.WrongType,
                    item,
                    $"A path item must be an object, not {JsonRead.Kind(item.Element)}; ignored."
                );
                break;
            }
            items.Add(item);
            next = JsonRead.Text(item.Element, "$ref"u8) is { } reference ? _references.Step(item, reference) : null;
        }
        return items;
    }

    private void AddAdditional(string path, Node operations, IReadOnlyList<Node> items, McpExtension extension)
    {
        if (operations.Element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in operations.Element.EnumerateObject())
        {
            var method = JsonRead.Name(property);
            var node = operations.Child(method, property.Value);
            if (HttpToken.Is(method))
                AddOperation(method, path, node, items, extension);
            else
                Skip(method, path, node, $"'{method}'is not an HTTP method (RFC 9110 section 9.1)");
        }
    }

    private void AddOperation(string method, string path, Node node, IReadOnlyList<Node> items, McpExtension extension)
    {
        if (node.Element.ValueKind != JsonValueKind.Object)
        {
            Skip(method, path, node, $"an operation must be an object, not {JsonRead.Kind(node.Element)}");
            return;
        }
        if (!_endpoints.TryAdd((method, path), items))
        {
            // Of a path item and the one that it refers to, the nearer wins.
            if (_endpoints[(method, path)] != items)
                Skip(method, path, node, "the document already has this operation under another spelling of its path");
            return;
        }
        if (method is "TRACE" or "CONNECT")
        {
            _skipped.Add(
                new SkippedOperation(
                    method,
                    path,
                    $"{method} concerns the connection and is not an API call (RFC 9110 sections 9.3.6 and 9.3.8)"
                )
            );
            return;
        }
        JsonElement id = default,
            deprecated = default,
            mcp = default,
            callbacks = default;
        foreach (var member in node.Element.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            switch (name.Length)
            {
                case 5 when name.SequenceEqual("x-mcp"u8):
                    mcp = member.Value;
                    break;
                case 9 when name.SequenceEqual("callbacks"u8):
                    callbacks = member.Value;
                    break;
                case 10 when name.SequenceEqual("deprecated"u8):
                    deprecated = member.Value;
                    break;
                case 11 when name.SequenceEqual("operationId"u8):
                    id = member.Value;
                    break;
            }
        }
        _operations.Add(
            new OperationHead
            {
                Method = method,
                Path = path,
                Node = node,
                PathItems = items,
                OperationId = JsonRead.Scalar(id),
                IsDeprecated = deprecated.ValueKind == JsonValueKind.True,
                Extension = (
                    mcp.ValueKind == JsonValueKind.Undefined ? McpExtension.None : McpExtension.Read(node, _findings)
                ).Within(extension),
            }
        );
        if (callbacks.ValueKind == JsonValueKind.Object)
            SkipCallbacks(method, path, callbacks);
    }

    private void SkipCallbacks(string method, string path, JsonElement callbacks)
    {
        foreach (var callback in callbacks.EnumerateObject())
        {
            _skipped.Add(
                new SkippedOperation(
                    "CALLBACK",
                    $"{method} {path} {JsonRead.Name(callback)}",
                    "a callback is a request that the API makes, not one that it takes"
                )
            );
        }
    }

    private void ReadWebhooks(Node root, string name)
    {
        if (root.Object(name) is not { } webhooks)
            return;
        foreach (var webhook in webhooks.Element.EnumerateObject())
        {
            _skipped.Add(
                new SkippedOperation(
                    "WEBHOOK",
                    JsonRead.Name(webhook),
                    "a webhook is a request that the API makes, not one that it takes"
                )
            );
        }
    }

    private void Skip(string method, string path, Node node, string reason)
    {
        _findings.Warn(ImportRules.WrongType, node, $"{method} {path} is not imported: {reason}.");
        _skipped.Add(new SkippedOperation(method, path, reason));
    }

    private (string Key, string Method)? Method(JsonProperty property)
    {
        if (property.NameEquals("get"u8))
            return ("get", "GET");
        if (property.NameEquals("post"u8))
            return ("post", "POST");
        if (property.NameEquals("put"u8))
            return ("put", "PUT");
        if (property.NameEquals("delete"u8))
            return ("delete", "DELETE");
        if (property.NameEquals("patch"u8))
            return ("patch", "PATCH");
        if (property.NameEquals("head"u8))
            return ("head", "HEAD");
        if (property.NameEquals("options"u8))
            return ("options", "OPTIONS");
        if (property.NameEquals("trace"u8) && _document.Line != SpecLine.V20)
            return ("trace", "TRACE");
        return property.NameEquals("query"u8) && _document.Line == SpecLine.V31 ? ("query", "QUERY") : null;
    }
}
