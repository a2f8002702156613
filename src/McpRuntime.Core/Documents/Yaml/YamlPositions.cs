using McpRuntime.OpenApi.Model;
using YamlDotNet.Core.Events;

namespace McpRuntime.Documents.Yaml;

/// <summary>
/// Finds the places of wanted pointers in YAML text. What comes in through an alias has the alias's place.
/// </summary>
internal static class YamlPositions
{
    public static void Fill(ReadOnlySpan<byte> text, PositionNode root)
    {
        var events = new YamlEvents(text, source: null);
        if (events.Root() is not { } node)
            return;
        Mark(root, node);
        Walk(events, node, root);
    }

    private static void Walk(YamlEvents events, ParsingEvent node, PositionNode? place)
    {
        switch (node)
        {
            case MappingStart when place is { HasChildren: true }:
                while (events.Next() is var key and not MappingEnd)
                {
                    var child = key is Scalar scalar ? place.Child(scalar.Value) : null;
                    Mark(child, key);
                    if (key is not Scalar)
                        Skip(events, key);
                    Walk(events, events.Next(), child);
                }
                break;
            case SequenceStart when place is { HasChildren: true }:
                var index = 0;
                while (events.Next() is var item and not SequenceEnd)
                {
                    var child = place.Child(index++);
                    Mark(child, item);
                    Walk(events, item, child);
                }
                break;
            default:
                Skip(events, node);
                break;
        }
    }

    private static void Skip(YamlEvents events, ParsingEvent node)
    {
        for (var depth = node.NestingIncrease; depth > 0; )
            depth += events.Next().NestingIncrease;
    }

    private static void Mark(PositionNode? place, ParsingEvent at) =>
        place?.Found((int)at.Start.Line, (int)at.Start.Column);
}
