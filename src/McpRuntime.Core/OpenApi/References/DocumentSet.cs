using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.References;

/// <summary>A document with all those that it refers to: what an import reads, and all that it reads.</summary>
/// <param name="Entry">The document itself.</param>
/// <param name="Others">By the key of the URI that was asked for; where that redirected, the document itself has
/// another.</param>
/// <param name="Problems">Why a document was not read, by the key of its URI.</param>
internal sealed record DocumentSet(
    SpecDocument Entry,
    IReadOnlyDictionary<string, SpecDocument> Others,
    IReadOnlyDictionary<string, string> Problems
)
{
    internal IEnumerable<SpecDocument> All => Others.Values.Prepend(Entry);

    /// <summary>A document that refers to none but itself, as far as is known.</summary>
    internal static DocumentSet Of(SpecDocument entry) =>
        new(
            entry,
            new Dictionary<string, SpecDocument>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );

    /// <summary>What identifies a document: its URI without the fragment.</summary>
    internal static string Key(Uri uri) =>
        uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped);
}
