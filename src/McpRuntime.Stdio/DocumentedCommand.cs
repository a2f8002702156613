using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace McpRuntime.Stdio;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class DocumentedCommand(string name, string description, string examples) : Command(name, description)
{
    public string Examples => examples;

    /// <summary>Lets the help of <paramref name="root"/> and all below it show the examples.</summary>
    public static void ShowExamples(RootCommand root, string rootExamples)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new ShowHelp((HelpAction)help.Action!, rootExamples);
    }

    private sealed class ShowHelp(HelpAction standard, string rootExamples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            standard.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            var examples = (parseResult.CommandResult.Command as DocumentedCommand)?.Examples ?? rootExamples;
            foreach (var line in examples.ReplaceLineEndings("\n").Split('\n'))
                output.WriteLine(line.Length == 0 ? line : "  " + line);
            return ExitCode.Good;
        }
    }
}
