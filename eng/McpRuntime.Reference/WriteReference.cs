namespace McpRuntime.Reference;

/// <summary>
/// <c>write-reference</c>: writes the pages that changed into the repository; exit code 1 if a text is missing.
/// </summary>
internal static class WriteReference
{
    public static int Main()
    {
        IReadOnlyList<Page> pages;
        try
        {
            pages = ReferencePages.Make();
        }
        catch (InvalidOperationException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return 1;
        }
        foreach (var page in pages)
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
