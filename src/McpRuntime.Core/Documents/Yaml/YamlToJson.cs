using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace McpRuntime.Documents.Yaml;

/// <summary>
/// YAML as JSON in one pass over parser events, without a tree in between. Scalars follow <see cref="YamlScalar"/>,
/// anchors, aliases and merge keys (<c>&lt;&lt;</c>, YAML 1.1) are resolved, keys become strings with the text that
/// stands in the document (<c>200</c> is <c>"200"</c>). The last of several equal keys counts, with a warning.
/// </summary>
internal sealed class YamlToJson
{
    private readonly YamlEvents _events;
    private readonly string? _source;
    private readonly DocumentLimits _limits;
    private readonly YamlAnchors _anchors;
    private readonly YamlKeys _keys = new();
    private readonly YamlPath _path = new();
    private readonly List<Finding> _findings = [];
    private JsonBuffer _output;
    private long _nodes;

    private YamlToJson(ReadOnlyMemory<byte> text, string? source, DocumentLimits limits)
    {
        _events = new YamlEvents(text.Span, source);
        _source = source;
        _limits = limits;
        _anchors = new YamlAnchors(limits);
        _output = new JsonBuffer(text.Length);
    }

    /// <summary>Converts UTF-8 YAML with exactly one document.</summary>
    /// <exception cref="FindingsException">Syntax, depth, aliases or keys are wrong; the finding has line and
    /// column.</exception>
    public static (ReadOnlyMemory<byte> Json, IReadOnlyList<Finding> Findings) Convert(
        ReadOnlyMemory<byte> text,
        string? source,
        DocumentLimits limits
    )
    {
        var conversion = new YamlToJson(text, source, limits);
        conversion.WriteDocument();
        return (conversion._output.Written, conversion._findings);
    }

    private void WriteDocument()
    {
        var root = _events.Root()
            ?? throw DocumentFailure.Because(
                DocumentRules.Empty,
                $"'{_source ?? "The text"}' contains only comments.",
                _source
            );
        WriteNode(root);
        while (_events.Next() is var next and not StreamEnd)
        {
            if (next is DocumentStart)
            {
                throw Fail(
                    next,
                    DocumentRules.YamlDocuments,
                    "A second YAML document starts here; only one is read. Split the file at '---'."
                );
            }
        }
    }

    /// <summary>Writes one node and gives its height: the levels of nesting below it.</summary>
    private int WriteNode(ParsingEvent node)
    {
        if (node is AnchorAlias alias)
            return WriteAlias(alias);
        var (output, start, before) = (_output, _output.Length, _nodes++);
        var height = 0;
        switch (node)
        {
            case Scalar scalar:
                WriteScalar(scalar);
                break;
            case MappingStart mapping:
                height = WriteMapping(mapping);
                break;
            case SequenceStart sequence:
                height = WriteSequence(sequence);
                break;
        }
        if (node is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors.Define(
                anchored.Anchor.Value,
                new YamlAnchors.Node(output, start, output.Length - start, _nodes - before, height)
            );
        }
        return height;
    }

    private int WriteMapping(MappingStart mapping)
    {
        CheckTag(mapping, "tag:yaml.org,2002:map");
        Enter(mapping);
        var scope = _keys.Open();
        List<YamlMerge>? merges = null;
        var height = 0;
        _output.Raw((byte)'{');
        var start = _output.Length;
        while (_events.Next() is var key and not MappingEnd)
        {
            if (key is Scalar { Value: "<<", Style: ScalarStyle.Plain, Tag.IsEmpty: true })
            {
                _path.At("<<");
                (merges ??= []).Add(ReadMerge(ref height));
                continue;
            }
            var name = KeyOf(key);
            _path.At(name);
            if (!_keys.Add(ref scope, name))
            {
                _findings.Add(
                    JsonDuplicates.Duplicate(
                        name,
                        _path.ToString(),
                        _source,
                        (int)key.Start.Line,
                        (int)key.Start.Column
                    )
                );
            }
            if (_output.Length > start)
                _output.Raw((byte)',');
            _output.String(name);
            _output.Raw((byte)':');
            height = Math.Max(height, WriteNode(_events.Next()));
        }
        foreach (var merge in merges ?? [])
            merge.AppendTo(_output, isFirst: _output.Length == start, name => _keys.Add(ref scope, name));
        _output.Raw((byte)'}');
        _keys.Close(scope);
        _path.Pop();
        return height + 1;
    }

    private int WriteSequence(SequenceStart sequence)
    {
        CheckTag(sequence, "tag:yaml.org,2002:seq");
        Enter(sequence);
        var height = 0;
        var index = 0;
        _output.Raw((byte)'[');
        while (_events.Next() is var item and not SequenceEnd)
        {
            _path.At(index);
            if (index++ > 0)
                _output.Raw((byte)',');
            height = Math.Max(height, WriteNode(item));
        }
        _output.Raw((byte)']');
        _path.Pop();
        return height + 1;
    }

    private int WriteAlias(AnchorAlias alias)
    {
        if (!_anchors.TryGet(alias.Value.Value, out var node))
        {
            throw Fail(
                alias,
                DocumentRules.YamlAliases,
                $"The alias '*{alias.Value.Value}' has no anchor before it, or is inside its own anchor. "
                    + $"Define '&{alias.Value.Value}' at an earlier node."
            );
        }
        if (!_anchors.TrySpend(node.Value))
        {
            throw Fail(
                alias,
                DocumentRules.YamlAliases,
                $"The aliases up to '*{alias.Value.Value}' repeat more than {_limits.MaxAliasedNodes} nodes; "
                    + $"write the document without so much repetition."
            );
        }
        if (_path.Depth + node.Value.Height > _limits.MaxDepth)
            throw TooDeep(alias);
        _nodes += node.Value.Count;
        _output.Raw(node.Value.Json);
        return node.Value.Height;
    }

    /// <summary>
    /// Reads the value of a merge key separately: which of its keys count is known only at the end of the mapping.
    /// </summary>
    private YamlMerge ReadMerge(ref int height)
    {
        var output = _output;
        _output = new JsonBuffer(256);
        var value = _events.Next();
        height = Math.Max(height, WriteNode(value));
        var merge = new YamlMerge(_output.Written);
        _output = output;
        if (!merge.IsValid)
        {
            throw Fail(
                value,
                DocumentRules.YamlMerge,
                "The merge key '<<' takes a mapping or a list of mappings, usually aliases ('<<: *name'). "
                    + "Quote it ('\"<<\"') if it is an ordinary key."
            );
        }
        return merge;
    }

    private string KeyOf(ParsingEvent key)
    {
        switch (key)
        {
            case Scalar scalar:
                if (
                    scalar is
                    { Style: ScalarStyle.Plain, Tag.IsEmpty: true, Value: "" or "~" or "null" or "Null" or "NULL" }
                )
                    throw Fail(
                        key,
                        DocumentRules.YamlKey,
                        "A key is null; give it a name, or quote it if 'null' is its name."
                    );
                if (!scalar.Anchor.IsEmpty)
                    DefineKey(scalar);
                return scalar.Value;
            case AnchorAlias alias when _anchors.TryGet(alias.Value.Value, out var node) && node.Value.Height == 0:
                return JsonElement.Parse(node.Value.Json).ToString();
            default:
                throw Fail(key, DocumentRules.YamlKey, "A key is a list or a mapping; JSON keys are strings.");
        }
    }

    private void DefineKey(Scalar key)
    {
        var buffer = new JsonBuffer(key.Value.Length);
        buffer.String(key.Value);
        _anchors.Define(key.Anchor.Value, new YamlAnchors.Node(buffer, 0, buffer.Length, 1, 0));
    }

    private void WriteScalar(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is not null && !YamlTags.IsScalar(tag))
            UnknownTag(scalar, tag);
        if (!YamlTags.Resolves(tag, scalar.Style == ScalarStyle.Plain))
        {
            _output.String(scalar.Value);
            return;
        }
        switch (YamlScalar.Resolve(scalar.Value, out var number))
        {
            case YamlScalar.Kind.Null:
                _output.Raw("null"u8);
                break;
            case YamlScalar.Kind.True:
                _output.Raw("true"u8);
                break;
            case YamlScalar.Kind.False:
                _output.Raw("false"u8);
                break;
            case YamlScalar.Kind.Number:
                _output.Raw(number);
                break;
            case YamlScalar.Kind.NotANumber:
                Warn(
                    scalar,
                    DocumentRules.YamlNumber,
                    $"JSON cannot represent '{scalar.Value}', so it is read as text. Quote it, or give a number."
                );
                _output.String(scalar.Value);
                break;
            default:
                _output.String(scalar.Value);
                break;
        }
    }

    private void CheckTag(NodeEvent node, string expected)
    {
        if (!node.Tag.IsEmpty && node.Tag.Value != expected && !YamlTags.IsCollection(node.Tag.Value))
            UnknownTag(node, node.Tag.Value);
    }

    private void UnknownTag(NodeEvent node, string tag) =>
        Warn(node, DocumentRules.YamlTag, $"The tag '{tag}' has no meaning here and is ignored; remove it.");

    private void Enter(NodeEvent node)
    {
        if (_path.Depth >= _limits.MaxDepth)
            throw TooDeep(node);
        _path.Push();
    }

    private FindingsException TooDeep(ParsingEvent at) =>
        Fail(at, DocumentRules.YamlDepth, $"The YAML is nested deeper than {_limits.MaxDepth} levels; flatten it.");

    private FindingsException Fail(ParsingEvent at, string rule, string message) =>
        DocumentFailure.Because(rule, message, _source, (int)at.Start.Line, (int)at.Start.Column, _path.ToString());

    private void Warn(ParsingEvent at, string rule, string message) =>
        _findings.Add(
            new Finding(rule, FindingSeverity.Warning, message)
            {
                Pointer = _path.ToString(),
                Source = _source,
                Line = (int)at.Start.Line,
                Column = (int)at.Start.Column,
            }
        );
}
