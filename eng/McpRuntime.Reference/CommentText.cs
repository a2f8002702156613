using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace McpRuntime.Reference;

/// <summary>Turns a comment's elements into text for readers.</summary>
internal static partial class CommentText
{
    /// <summary>
    /// Markdown on one line. Links of <c>see href</c> start at the root of the repository and are written for a page in
    /// <c>docs/reference</c>; empty for no element.
    /// </summary>
    public static string Markdown(XElement? element) => OneLine(element, ToMarkdown);

    /// <summary>Text without marks on one line, for a file that is not Markdown.</summary>
    public static string Plain(XElement? element) => OneLine(element, ToPlain);

    /// <summary>A link from the root of the repository, as pages in <c>docs/reference</c> write it.</summary>
    public static string Link(string href) =>
        href.StartsWith("docs/reference/", StringComparison.Ordinal) ? href["docs/reference/".Length..]
        : href.StartsWith("docs/", StringComparison.Ordinal) ? "../" + href["docs/".Length..]
        : href.StartsWith("https://", StringComparison.Ordinal) ? href
        : "../../" + href;

    private static string OneLine(XElement? element, Func<XElement, string> write) =>
        element is null ? "" : WhiteSpace().Replace(write(element), " ").Trim();

    private static string ToMarkdown(XElement element) =>
        string.Concat(
            element
                .Nodes()
                .Select(node =>
                    node switch
                    {
                        XText text => Reference.Markdown.Escape(text.Value),
                        XElement { Name.LocalName: "c" } code => Reference.Markdown.Code(code.Value),
                        XElement see when see.Attribute("href") is { } href =>
                            $"[{(see.IsEmpty ? href.Value : ToMarkdown(see))}]({Link(href.Value)})",
                        XElement see when see.Attribute("cref") is { } name => Reference.Markdown.Code(
                            Short(name.Value)
                        ),
                        XElement inner => ToMarkdown(inner),
                        _ => "",
                    }
                )
        );

    private static string ToPlain(XElement element) =>
        string.Concat(
            element
                .Nodes()
                .Select(node =>
                    node switch
                    {
                        XText text => text.Value,
                        XElement see when see.Attribute("href") is { } href => see.IsEmpty
                            ? href.Value
                            : $"{ToPlain(see)} ({href.Value})",
                        XElement see when see.Attribute("cref") is { } name => Short(name.Value),
                        XElement inner => ToPlain(inner),
                        _ => "",
                    }
                )
        );

    private static string Short(string cref) => cref[(cref.LastIndexOfAny(['.', ':']) + 1)..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
