using System.Buffers;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Files;
using McpRuntime.Json;

namespace McpRuntime.Locks;

/// <summary>The file of a <see cref="LockStart"/>. Without one that can be used, a start only takes longer.</summary>
internal static class LockStartFile
{
    private const int Version = 1;
    private const long MostBytes = 16L * 1024 * 1024;

    /// <param name="path">The file.</param>
    /// <param name="objection">Why there is nothing to use, as the rest of a sentence about the file.</param>
    public static LockStart? Read(string path, out string? objection)
    {
        objection = null;
        try
        {
            using var file = RegularFile.OpenRead(path);
            if (file.Length > MostBytes)
                throw new FormatException($"it has {CountText.Of(file.Length, "byte")}, and {MostBytes} is the limit");
            var content = new byte[file.Length];
            var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return Parse(content.AsMemory(0, read));
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or FormatException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            objection = File.Exists(path) ? $"cannot be read: {exception.Message.TrimEnd('.')}" : "does not exist";
            return null;
        }
    }

    /// <exception cref="FindingsException">It cannot be written.</exception>
    public static void Write(string path, LockStart start) =>
        LockFile.Save("What makes starts fast", path, Bytes(start).Span);

    private static ReadOnlyMemory<byte> Bytes(LockStart start)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, ReadableJson.Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("lock_start_version"u8, Version);
            writer.WriteString("build"u8, start.Build);
            writer.WriteString("lock"u8, start.LockHash);
            writer.WriteStartObject("connectors"u8);
            foreach (var (name, connector) in start.Connectors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(name);
                writer.WriteString("manifest"u8, connector.Manifest);
                writer.WriteString("cached"u8, connector.Hash);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        output.Write("\n"u8);
        return output.WrittenMemory;
    }

    // What is not as expected is an exception of the reader's; see above.
    private static LockStart Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = document.RootElement;
        if (root.GetProperty("lock_start_version").GetInt32() != Version)
            throw new FormatException("its lock_start_version is another one than this program reads");
        var connectors = new Dictionary<string, CachedConnector>(StringComparer.Ordinal);
        foreach (var connector in root.GetProperty("connectors").EnumerateObject())
            connectors[connector.Name] = new CachedConnector(
                Text(connector.Value, "manifest"),
                Text(connector.Value, "cached")
            );
        return new LockStart(Text(root, "build"), Text(root, "lock"), connectors);
    }

    private static string Text(JsonElement of, string name) =>
        of.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is not a text");
}
