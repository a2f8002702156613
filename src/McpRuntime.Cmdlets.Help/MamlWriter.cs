using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace McpRuntime.Cmdlets.Help;

/// <summary>Writes the XML that Get-Help reads for compiled cmdlets (MAML, "How to write cmdlet help").</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Items = "http://msh";

    /// <param name="cmdlets">The cmdlets.</param>
    /// <param name="comments">Their texts.</param>
    /// <param name="online">Folder of the pages that <c>Get-Help -Online</c> opens, one for each cmdlet.</param>
    public static XDocument Write(IEnumerable<CmdletInfo> cmdlets, DocumentationComments comments, Uri online) =>
        new(
            new XElement(
                Items + "helpItems",
                new XAttribute("schema", "maml"),
                cmdlets.Select(cmdlet => Write(cmdlet, comments, online))
            )
        );

    private static XElement Write(CmdletInfo cmdlet, DocumentationComments comments, Uri online) =>
        new(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                Description(comments.Synopsis(cmdlet))
            ),
            Description([.. comments.Description(cmdlet)]),
            new XElement(Command + "syntax", cmdlet.Sets().Select(set => Syntax(cmdlet, set, comments))),
            new XElement(
                Command + "parameters",
                cmdlet
                    .Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
                    .Select(parameter => Parameter(cmdlet, parameter, parameter.Places[0], comments))
            ),
            new XElement(
                Command + "inputTypes",
                cmdlet
                    .Parameters.Where(parameter => parameter.Places.Any(place => place.FromPipeline))
                    .Select(parameter => new XElement(Command + "inputType", TypeName(parameter.Type), Description("")))
            ),
            new XElement(
                Command + "returnValues",
                cmdlet.Outputs.Select(output => new XElement(
                    Command + "returnValue",
                    TypeName(output),
                    Description(comments.Summary(output))
                ))
            ),
            new XElement(
                Command + "examples",
                comments
                    .Examples(cmdlet)
                    .Select(
                        (example, index) =>
                            new XElement(
                                Command + "example",
                                new XElement(
                                    Maml + "title",
                                    string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}")
                                ),
                                new XElement(Dev + "code", example.Code),
                                new XElement(Dev + "remarks", new XElement(Maml + "para", example.Remarks))
                            )
                    )
            ),
            // Get-Help -Online takes the first link that has a URI.
            new XElement(
                Command + "relatedLinks",
                new XElement(
                    Maml + "navigationLink",
                    new XElement(Maml + "linkText", "Online version:"),
                    new XElement(Maml + "uri", new Uri(online, cmdlet.Name + ".md").AbsoluteUri)
                )
            )
        );

    private static XElement Syntax(CmdletInfo cmdlet, string? set, DocumentationComments comments) =>
        new(
            Command + "syntaxItem",
            new XElement(Maml + "name", cmdlet.Name),
            cmdlet
                .Parameters.Select(parameter => (Parameter: parameter, Place: parameter.In(set)))
                .Where(entry => entry.Place is not null)
                .OrderBy(entry => entry.Place!.Position ?? int.MaxValue)
                .ThenBy(entry => !entry.Place!.Mandatory)
                .Select(entry => Parameter(cmdlet, entry.Parameter, entry.Place!, comments))
        );

    private static XElement Parameter(
        CmdletInfo cmdlet,
        ParameterInfo parameter,
        ParameterPlace place,
        DocumentationComments comments
    )
    {
        var type = parameter.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return new XElement(
            Command + "parameter",
            new XAttribute("required", place.Mandatory),
            new XAttribute("globbing", parameter.Wildcards),
            new XAttribute("pipelineInput", Pipeline(place)),
            new XAttribute("position", place.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(comments.Parameter(cmdlet, parameter)),
            parameter.IsSwitch
                ? null
                : new XElement(Command + "parameterValue", new XAttribute("required", true), Short(plain)),
            new XElement(Dev + "type", new XElement(Maml + "name", Short(plain))),
            plain.IsEnum
                ? new XElement(
                    Command + "parameterValueGroup",
                    Enum.GetNames(plain)
                        .Select(name => new XElement(
                            Command + "parameterValue",
                            new XAttribute("required", false),
                            name
                        ))
                )
                : null
        );
    }

    private static string Pipeline(ParameterPlace place) =>
        (place.FromPipeline, place.FromPropertyName) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };

    private static XElement TypeName(Type type) => new(Dev + "type", new XElement(Maml + "name", type.FullName));

    private static string Short(Type type) =>
        type switch
        {
            _ when type == typeof(string) => "string",
            _ when type == typeof(string[]) => "string[]",
            _ when type == typeof(int) => "int",
            _ when type == typeof(SwitchParameter) => "SwitchParameter",
            _ => type.Name,
        };

    private static XElement Description(params string[] paragraphs) =>
        new(Maml + "description", paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));
}
