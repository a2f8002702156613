using McpRuntime.Cmdlets.Help;

// write-help ASSEMBLY DOCUMENTATION OUTPUT URI/
if (args is not [var assembly, var documentation, var output, var online])
{
    Console.Error.WriteLine("Usage: write-help ASSEMBLY.dll DOCUMENTATION.xml OUTPUT.xml URI");
    return 2;
}
var comments = DocumentationComments.Load(documentation);
var help = MamlWriter.Write(CmdletReader.Read(assembly), comments, new Uri(online));
if (comments.Missing.Count > 0)
{
    foreach (var missing in comments.Missing)
        Console.Error.WriteLine(
            $"{documentation}: error HELP001: {missing} has no documentation comment, so its help would be empty."
        );
    return 1;
}
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
help.Save(output);
return 0;
