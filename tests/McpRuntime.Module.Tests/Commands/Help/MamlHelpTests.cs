using System.Xml.Linq;
using McpRuntime.Cmdlets.Commands.Help;

namespace McpRuntime.Module.Tests.Commands.Help;

/// <summary>The file that Get-Help reads. What it shows is in tests/pester/CommandModules.Tests.ps1.</summary>
public class MamlHelpTests
{
    [Fact]
    public void The_same_commands_give_the_same_text() =>
        Assert.Equal(MamlHelp.Write([SampleCommands.GetPet()]), MamlHelp.Write([SampleCommands.GetPet()]));

    [Fact]
    public void Text_of_a_document_stays_text()
    {
        var command = SampleCommands.GetPet();
        const string hostile = "</maml:para><x/>&amp;\u0001\uD800 $(Get-Date) 😀";
        var file = MamlHelp.Write([
            command with
            {
                Parameters =
                [
                    command.Parameters[0] with
                    {
                        Name = "Other",
                        HelpMessage = hostile,
                        Choices = [],
                        Aliases = ["a\u0002b"],
                    },
                ],
            },
        ]);
        var help = XDocument.Load(new MemoryStream(file));

        Assert.DoesNotContain(help.Descendants(), element => element.Name.LocalName == "x");
        Assert.Contains(help.Descendants(), element =>
            element.Value == "</maml:para><x/>&amp;\uFFFD\uFFFD $(Get-Date) 😀"
        );
    }
}
