using System.Globalization;
using System.Management.Automation;
using System.Xml;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Commands.Help;

/// <summary>The file that Get-Help reads for the commands of an assembly (MAML, "How to write cmdlet help").</summary>
internal sealed class MamlHelp : IDisposable
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string CommandSpace = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XmlWriter _xml;

    private MamlHelp(Stream stream) =>
        _xml = XmlWriter.Create(
            stream,
            new XmlWriterSettings { NewLineChars = "\n", NewLineHandling = NewLineHandling.None }
        );

    public static byte[] Write(IReadOnlyList<CommandModel> commands)
    {
        using var stream = new MemoryStream();
        using (var help = new MamlHelp(stream))
            help.Add(commands);
        return stream.ToArray();
    }

    public void Dispose() => _xml.Dispose();

    private void Add(IReadOnlyList<CommandModel> commands)
    {
        var sameNoun = commands.ToLookup(command => command.Noun, StringComparer.OrdinalIgnoreCase);
        _xml.WriteStartElement("helpItems", "http://msh");
        _xml.WriteAttributeString("schema", "maml");
        // Once, or each command would declare them again.
        _xml.WriteAttributeString("xmlns", "maml", null, Maml);
        _xml.WriteAttributeString("xmlns", "command", null, CommandSpace);
        _xml.WriteAttributeString("xmlns", "dev", null, Dev);
        foreach (var command in commands)
            Add(command, sameNoun[command.Noun].Select(other => other.Name).Where(name => name != command.Name));
        _xml.WriteEndElement();
    }

    private void Add(CommandModel command, IEnumerable<string> related)
    {
        var text = new CommandText(command);
        Begin("command");
        Begin("details");
        Leaf("name", command.Name);
        Leaf("verb", command.Verb);
        Leaf("noun", command.Noun);
        Paragraphs([text.Synopsis()]);
        End();
        Paragraphs(text.Description());
        Begin("syntax");
        foreach (var set in command.Sets.Select(set => set.Name))
            Syntax(command, set);
        End();
        Begin("parameters");
        foreach (var parameter in command.Parameters)
            Parameter(parameter, parameter.Uses[0], text.Of(parameter));
        End();
        Returned(command.OutputTypes);
        Examples(text);
        Links(related);
        End();
    }

    private void Syntax(CommandModel command, string set)
    {
        Begin("syntaxItem");
        MamlLeaf("name", command.Name);
        var own = command
            .Parameters.Select(parameter => (parameter, use: parameter.Uses.FirstOrDefault(use => use.Set == set)))
            .Where(entry => entry.use is not null)
            .OrderBy(entry => entry.use!.Position ?? int.MaxValue)
            .ThenBy(entry => !entry.use!.IsMandatory);
        foreach (var (parameter, use) in own)
            Parameter(parameter, use!, null);
        End();
    }

    // In the syntax only what is shown there.
    private void Parameter(CommandParameter parameter, ParameterUse use, string? description)
    {
        Begin("parameter");
        _xml.WriteAttributeString("required", use.IsMandatory ? "true" : "false");
        _xml.WriteAttributeString("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named");
        if (description is not null)
        {
            _xml.WriteAttributeString("globbing", "false");
            _xml.WriteAttributeString("pipelineInput", PipelineInput(use));
            _xml.WriteAttributeString(
                "aliases",
                parameter.Aliases.Count == 0 ? "none" : XmlText.Of(string.Join(", ", parameter.Aliases))
            );
        }
        MamlLeaf("name", parameter.Name);
        if (description is not null)
            Paragraphs(description.Split("\n\n"));
        if (parameter.Type != typeof(SwitchParameter))
        {
            Begin("parameterValue");
            _xml.WriteAttributeString("required", "true");
            _xml.WriteString(ArgumentType.NameOf(Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type));
            End();
        }
        End();
    }

    private static string PipelineInput(ParameterUse use) =>
        use switch
        {
            { IsPiped: true, IsPipedByName: true } => "true (ByValue, ByPropertyName)",
            { IsPiped: true } => "true (ByValue)",
            { IsPipedByName: true } => "true (ByPropertyName)",
            _ => "false",
        };

    private void Returned(IReadOnlyList<string> types)
    {
        Begin("returnValues");
        foreach (var type in types.DefaultIfEmpty("System.Management.Automation.PSObject"))
        {
            Begin("returnValue");
            _xml.WriteStartElement("dev", "type", Dev);
            MamlLeaf("name", type);
            End();
            End();
        }
        End();
    }

    private void Examples(CommandText text)
    {
        Begin("examples");
        var number = 0;
        foreach (var (set, code) in text.Examples())
        {
            Begin("example");
            MamlLeaf("title", string.Create(CultureInfo.InvariantCulture, $"Example {++number}: {set}"));
            _xml.WriteElementString("dev", "code", Dev, XmlText.Of(code));
            End();
        }
        End();
    }

    private void Links(IEnumerable<string> related)
    {
        Begin("relatedLinks");
        foreach (var name in related)
        {
            _xml.WriteStartElement("maml", "navigationLink", Maml);
            MamlLeaf("linkText", name);
            End();
        }
        End();
    }

    private void Paragraphs(IEnumerable<string> paragraphs)
    {
        _xml.WriteStartElement("maml", "description", Maml);
        foreach (var paragraph in paragraphs)
            MamlLeaf("para", paragraph);
        End();
    }

    private void Begin(string name) => _xml.WriteStartElement("command", name, CommandSpace);

    private void Leaf(string name, string text) =>
        _xml.WriteElementString("command", name, CommandSpace, XmlText.Of(text));

    private void MamlLeaf(string name, string text) => _xml.WriteElementString("maml", name, Maml, XmlText.Of(text));

    private void End() => _xml.WriteEndElement();
}
