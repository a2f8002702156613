using System.Runtime.InteropServices;

namespace McpRuntime.Credentials.Stores.Native;

/// <summary>The schema and the attributes of one item of the keyring, in native memory.</summary>
internal sealed class LibSecretItem : IDisposable
{
    private const string SchemaName = "io.github.mcp-runtime.Secret";

    private readonly List<nint> _texts = [];
    private readonly nint _types = LibSecret.NewTable();

    /// <param name="folder">The user's data folder: two of them do not share their secrets.</param>
    /// <param name="name">Name of the secret.</param>
    public LibSecretItem(string folder, string name)
    {
        Attributes = LibSecret.NewTable();
        Add("folder", folder);
        Add("name", name);
        Schema = LibSecret.NewSchema(SchemaName, 0, _types);
    }

    public nint Schema { get; }

    public nint Attributes { get; }

    public void Dispose()
    {
        LibSecret.FreeSchema(Schema);
        LibSecret.FreeTable(Attributes);
        LibSecret.FreeTable(_types);
        _texts.ForEach(Marshal.FreeCoTaskMem);
    }

    private void Add(string attribute, string value)
    {
        var name = Text(attribute);
        _ = LibSecret.Insert(Attributes, name, Text(value));
        // SECRET_SCHEMA_ATTRIBUTE_STRING is 0.
        _ = LibSecret.Insert(_types, name, 0);
    }

    private nint Text(string text)
    {
        var pointer = Marshal.StringToCoTaskMemUTF8(text);
        _texts.Add(pointer);
        return pointer;
    }
}
