namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>A file of a module.</summary>
/// <param name="Path">Below the module's folder, with slashes.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record ModuleFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>Its place in a folder.</summary>
    public string In(string folder) => System.IO.Path.Combine([folder, .. Path.Split('/')]);

    /// <summary>The folder has it, with these bytes.</summary>
    public bool IsIn(string folder)
    {
        var file = new FileInfo(In(folder));
        return file.Exists
            && file.Length == Content.Length
            && File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(Content.Span);
    }

    /// <summary>
    /// Writes it next to its place, then renames it: a session that imports the module reads the old file or the new.
    /// </summary>
    public void WriteTo(string folder)
    {
        var target = In(folder);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{System.IO.Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                stream.Write(Content.Span);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
