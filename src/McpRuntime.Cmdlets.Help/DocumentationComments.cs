using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace McpRuntime.Cmdlets.Help;

/// <summary>The compiler's documentation file, as text for people.</summary>
internal sealed partial class DocumentationComments
{
    private readonly Dictionary<string, XElement> _members;
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    private DocumentationComments(Dictionary<string, XElement> members) => _members = members;

    /// <summary>What was asked for and is not there.</summary>
    public IReadOnlyCollection<string> Missing => _missing;

    public static DocumentationComments Load(string path) =>
        new(
            XDocument
                .Load(path, LoadOptions.PreserveWhitespace)
                .Descendants("member")
                .ToDictionary(member => member.Attribute("name")!.Value)
        );

    /// <summary>What the cmdlet does, without the name that the summary starts with.</summary>
    public string Synopsis(CmdletInfo cmdlet)
    {
        var text = Required(Member(cmdlet.Type)?.Element("summary"), cmdlet.Name);
        var sentence = text.StartsWith(cmdlet.Name + ": ", StringComparison.Ordinal)
            ? text[(cmdlet.Name.Length + 2)..]
            : text;
        return sentence.Length == 0 ? "" : char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    /// <summary>The paragraphs of the remarks; the synopsis where there are none.</summary>
    public IReadOnlyList<string> Description(CmdletInfo cmdlet) =>
        Member(cmdlet.Type)?.Element("remarks") is { } remarks ? Paragraphs(remarks) : [Synopsis(cmdlet)];

    public string Parameter(CmdletInfo cmdlet, ParameterInfo parameter) =>
        parameter switch
        {
            { Property: { } property } => Required(
                Member(property)?.Element("summary"),
                $"{cmdlet.Name} -{property.Name}"
            ),
            { Name: "WhatIf" } => "Shows what would happen. Nothing is changed.",
            _ => "Asks before anything is changed.",
        };

    /// <summary>Code and what is said about it.</summary>
    public IReadOnlyList<(string Code, string Remarks)> Examples(CmdletInfo cmdlet)
    {
        var examples = Member(cmdlet.Type)?.Elements("example").ToList() ?? [];
        if (examples.Count == 0)
            _missing.Add($"{cmdlet.Name} (example)");
        return
        [
            .. examples.Select(example =>
                (
                    Code(example.Element("code")!.Value),
                    Text(new XElement("p", example.Nodes().Where(node => (node as XElement)?.Name != "code")))
                )
            ),
        ];
    }

    /// <summary>The summary of any type; empty where it has none.</summary>
    public string Summary(Type type) => Member(type)?.Element("summary") is { } summary ? Text(summary) : "";

    private XElement? Member(Type type) => _members.GetValueOrDefault("T:" + type.FullName!.Replace('+', '.'));

    private XElement? Member(PropertyInfo property) =>
        _members.GetValueOrDefault($"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}");

    private string Required(XElement? element, string name)
    {
        var text = element is null ? "" : Text(element);
        if (text.Length == 0)
            _missing.Add(name);
        return text;
    }

    private static List<string> Paragraphs(XElement element)
    {
        var paragraphs = element.Elements("para").Select(Text).ToList();
        return paragraphs.Count > 0 ? paragraphs : [Text(element)];
    }

    private static string Text(XElement element)
    {
        var words = element
            .Nodes()
            .Select(node =>
                node switch
                {
                    XText text => text.Value,
                    XElement see when see.Attribute("cref") is { } reference => reference.Value[
                        (reference.Value.LastIndexOf('.') + 1)..
                    ],
                    XElement inner => Text(inner),
                    _ => "",
                }
            );
        return WhiteSpace().Replace(string.Concat(words), " ").Trim();
    }

    // The compiler keeps the indentation of the comment.
    private static string Code(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        var indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : "")).TrimEnd();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
