namespace McpRuntime.Manifests;

/// <summary>A tool as JSON.</summary>
internal static class ToolJson
{
    public static void Write(ManifestJsonWriter writer, ToolManifest tool)
    {
        writer.BeginObject();
        writer.Member("name", tool.Name);
        writer.Member("title", tool.Title);
        writer.Member("description", tool.Description);
        writer.Member("tags", tool.Tags);
        writer.Flag("pin", tool.Pin);
        writer.Member("command", tool.Command?.ToString());
        writer.Member("endpoint", tool.Endpoint);
        WriteArguments(writer, tool.Arguments);
        WriteFixed(writer, tool.Fixed);
        WriteBody(writer, tool.Body);
        writer.Member("accept", tool.Accept);
        writer.Member("input_schema", tool.InputSchema);
        writer.Member("output_schema", tool.OutputSchema);
        writer.Member("response_headers", tool.ResponseHeaders);
        PaginationJson.Write(writer, tool.Pagination);
        WriteAnnotations(writer, tool.Annotations);
        if (tool.Security is not null)
            SecurityJson.WriteRequirements(writer, tool.Security);
        ManifestJson.WriteLimits(writer, tool.Limits);
        ManifestJson.WriteAnswer(writer, tool.Answer);
        ManifestJson.WriteArgumentCheck(writer, tool.ArgumentCheck);
        writer.Member("server", tool.Server);
        writer.Member("imported_text", tool.ImportedText);
        writer.Member("imported_schema", tool.ImportedSchema);
        SecurityJson.WriteLegacyAuth(writer, tool.Auth);
        writer.EndObject();
    }

    // An empty object says something: a tool of version 2 that takes no argument.
    private static void WriteArguments(
        ManifestJsonWriter writer,
        IReadOnlyDictionary<string, ArgumentBinding>? arguments
    )
    {
        if (arguments is null)
            return;
        writer.Key("arguments");
        writer.BeginObject();
        foreach (var (name, binding) in arguments)
        {
            writer.Key(name);
            writer.BeginObject();
            writer.Member("in", ManifestWords.Locations[(int)binding.In]);
            writer.Member("name", binding.Name);
            WriteStyle(writer, binding.Style, binding.Explode, binding.Delimiter, binding.Items, binding.AllowReserved);
            writer.Flag("allow_slash", binding.AllowSlash);
            writer.Flag("allow_empty", binding.AllowEmpty);
            writer.Member("content_type", binding.ContentType);
            writer.EndObject();
        }
        writer.EndObject();
    }

    private static void WriteFixed(ManifestJsonWriter writer, IReadOnlyList<FixedValue> values)
    {
        if (values.Count == 0)
            return;
        writer.Key("fixed");
        writer.BeginArray();
        foreach (var value in values)
        {
            writer.BeginObject();
            writer.Member("in", ManifestWords.Locations[(int)value.In]);
            writer.Member("name", value.Name);
            writer.Member("value", value.Value);
            writer.EndObject();
        }
        writer.EndArray();
    }

    private static void WriteBody(ManifestJsonWriter writer, BodyBinding? body)
    {
        if (body is null)
            return;
        writer.Key("body");
        writer.BeginObject();
        writer.Member("content_type", body.ContentType);
        writer.Flag("required", body.Required);
        writer.Member("argument", body.Argument);
        if (body.Encoding.Count > 0)
        {
            writer.Key("encoding");
            writer.BeginObject();
            foreach (var (name, part) in body.Encoding)
                WritePart(writer, name, part);
            writer.EndObject();
        }
        writer.EndObject();
    }

    private static void WritePart(ManifestJsonWriter writer, string name, PartEncoding part)
    {
        writer.Key(name);
        writer.BeginObject();
        writer.Flag("file", part.File);
        writer.Member("content_type", part.ContentType);
        writer.Member("headers", part.Headers);
        WriteStyle(writer, part.Style, part.Explode, part.Delimiter, part.Items, part.AllowReserved);
        writer.EndObject();
    }

    private static void WriteStyle(
        ManifestJsonWriter writer,
        ParameterStyle? style,
        bool? explode,
        ArrayDelimiter delimiter,
        ArrayItems? items,
        bool allowReserved
    )
    {
        writer.Member("style", style is null ? null : ManifestWords.Styles[(int)style.Value]);
        writer.Member("explode", explode);
        if (delimiter != ArrayDelimiter.Comma)
            writer.Member("delimiter", ManifestWords.Delimiters[(int)delimiter]);
        WriteItems(writer, items);
        writer.Flag("allow_reserved", allowReserved);
    }

    private static void WriteItems(ManifestJsonWriter writer, ArrayItems? items)
    {
        if (items is null)
            return;
        writer.Key("items");
        writer.BeginObject();
        writer.Member("delimiter", ManifestWords.Delimiters[(int)items.Delimiter]);
        WriteItems(writer, items.Items);
        writer.EndObject();
    }

    private static void WriteAnnotations(ManifestJsonWriter writer, ToolHints hints)
    {
        if (hints == ToolHints.None)
            return;
        writer.Key("annotations");
        writer.BeginObject();
        writer.Member("read_only", hints.ReadOnly);
        writer.Member("destructive", hints.Destructive);
        writer.Member("idempotent", hints.Idempotent);
        writer.Member("open_world", hints.OpenWorld);
        writer.EndObject();
    }
}
