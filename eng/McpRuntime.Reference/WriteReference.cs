namespace McpRuntime.Reference;

/// <summary><c>write-reference</c>: writes the pages that changed into the repository.</summary>
internal static class WriteReference
{
    public static int Main()
    {
        var root = Root();
        foreach (var page in ReferencePages.Make())
        {
            var file = Path.Combine([root, .. page.Path.Split('/')]);
            if (File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == page.Text)
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page.Text);
            Console.WriteLine($"{page.Path} written.");
        }
        return 0;
    }

    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "McpRuntime.slnx")))
                return folder;
        }
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in a checkout of the repository.");
    }
}
