namespace McpRuntime.Reference;

/// <summary><c>write-reference</c>: writes the pages that changed into the repository.</summary>
internal static class WriteReference
{
    public static int Main()
    {
        foreach (var page in ReferencePages.Make())
        {
            var file = Checkout.File(page.Path);
            if (File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == page.Text)
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page.Text);
            Console.WriteLine($"{page.Path} written.");
        }
        return 0;
    }
}
