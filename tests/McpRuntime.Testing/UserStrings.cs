using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace McpRuntime.Testing;

/// <summary>
/// The texts that the code of an assembly loads: its literals, and what is between the values of an interpolated text.
/// </summary>
public static class UserStrings
{
    /// <param name="assembly">Path of its file.</param>
    public static IReadOnlyList<string> In(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        // The first entry of the heap is the empty text.
        for (var next = MetadataTokens.UserStringHandle(1); !next.IsNil; next = metadata.GetNextHandle(next))
            texts.Add(metadata.GetUserString(next));
        return texts;
    }
}
