using System.Security.Cryptography;
using System.Text;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Names of shared schemas: the component's own name where it is one, else the file's or the last words of the
/// pointer. Where two would coincide, all that are no component of the document itself get a suffix from their place,
/// so that no name depends on the order of things.
/// </summary>
internal static class DefinitionNames
{
    private const int MaxLength = 100;
    private const string InputSuffix = "-input";

    /// <summary>The name of each schema; where its input has another text, also the input's.</summary>
    /// <param name="definitions">The schemas, each once.</param>
    /// <param name="differing">Those whose input differs.</param>
    /// <param name="entry">The document itself.</param>
    internal static List<SchemaNames> Of(
        IReadOnlyList<SchemaDefinition> definitions,
        IReadOnlySet<SchemaDefinition> differing,
        SpecDocument entry
    )
    {
        var plain = definitions
            .Select(definition =>
                Plain(definition, entry) + (definition.IsOpen ? "-open" : "") + (definition.IsBase ? "-base" : "")
            )
            .ToArray();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in plain)
            counts[name] = counts.GetValueOrDefault(name) + 1;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < plain.Length; i++)
        {
            if (Keeps(i))
                taken.Add(plain[i]);
        }
        var names = new List<SchemaNames>(plain.Length);
        for (var i = 0; i < plain.Length; i++)
        {
            var name = Keeps(i) ? plain[i] : Unique($"{plain[i]}-{Hash(definitions[i], entry)}", taken);
            names.Add(
                new SchemaNames(name, differing.Contains(definitions[i]) ? Unique(name + InputSuffix, taken) : name)
            );
        }
        return names;

        bool Keeps(int i) => counts[plain[i]] == 1 || IsComponent(definitions[i], entry, plain[i]);
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        while (!taken.Add(name))
            name += "-2";
        return name;
    }

    private static bool IsComponent(SchemaDefinition definition, SpecDocument entry, string name) =>
        !definition.IsBase
        && !definition.IsOpen
        && definition.NamedBy is null
        && definition.Target.Document == entry
        && definition.Target.Pointer == (entry.Line == SpecLine.V20 ? "/definitions/" : "/components/schemas/") + name;

    private static string Plain(SchemaDefinition definition, SpecDocument entry)
    {
        var (document, pointer) = PlaceOf(definition);
        var tokens = JsonPointer.Tokens(pointer);
        if (tokens.Count == 0)
            return Legal(document == entry ? "Document" : FileName(document));
        var holder = tokens.Count > 1 ? tokens[^2] : "";
        if (holder is "schemas" or "definitions" or "$defs" || (tokens.Count == 1 && document != entry))
            return Legal(tokens[^1]);
        // Deep inside of something else: the last words that say something.
        var words = new List<string>();
        for (var i = tokens.Count - 1; i >= 0 && words.Count < 3; i--)
        {
            if (
                tokens[i]
                is not (
                    "properties"
                    or "schema"
                    or "content"
                    or "components"
                    or "schemas"
                    or "definitions"
                    or "items"
                    or "allOf"
                    or "oneOf"
                    or "anyOf"
                    or "application/json"
                    or "paths"
                    or "get"
                    or "post"
                    or "put"
                )
            )
                words.Insert(0, tokens[i]);
        }
        return Legal(words.Count == 0 ? tokens[^1] : string.Join('_', words));
    }

    private static (SpecDocument Document, string Pointer) PlaceOf(SchemaDefinition definition) =>
        definition.NamedBy is { } user
            ? (user.Document, user.Pointer)
            : (definition.Target.Document, definition.Target.Pointer);

    private static string FileName(SpecDocument document)
    {
        var path = document.RetrievalUri?.AbsolutePath ?? document.Location;
        return Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]));
    }

    // What a JSON pointer, a URI fragment and YAML can all hold without escapes.
    private static string Legal(string name)
    {
        var legal = new StringBuilder(Math.Min(name.Length, MaxLength));
        foreach (var c in name)
        {
            if (legal.Length == MaxLength)
                break;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
                legal.Append(c);
            else if (legal.Length > 0 && legal[^1] != '_')
                legal.Append('_');
        }
        var text = legal.ToString().Trim('_', '.');
        return text.Length == 0 ? "Schema" : text;
    }

    // Relative to the document, so that it is the same on every machine.
    private static string Hash(SchemaDefinition definition, SpecDocument entry)
    {
        var (document, pointer) = PlaceOf(definition);
        var file =
            document == entry || document.RetrievalUri is null
                ? ""
                : entry.RetrievalUri?.MakeRelativeUri(document.RetrievalUri).ToString()
                    ?? document.RetrievalUri.ToString();
        var place = Encoding.UTF8.GetBytes($"{file}#{pointer}{definition.Scope}");
        return Convert.ToHexStringLower(SHA256.HashData(place).AsSpan(0, 4));
    }
}

/// <param name="Name">The name of a shared schema, as an output where the input differs.</param>
/// <param name="InputName">Its name as an input.</param>
internal sealed record SchemaNames(string Name, string InputName);
