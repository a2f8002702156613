namespace McpRuntime.Documents;

/// <summary>Where a document comes from.</summary>
public abstract record DocumentSource
{
    private DocumentSource() { }

    /// <summary>The name for findings and for the manifest's <c>source.location</c>.</summary>
    public abstract string Location { get; }

    /// <summary>
    /// Reads what a user typed: <c>-</c> is standard input, <c>http(s)://…</c> a URL, all else a path.
    /// </summary>
    /// <param name="text">The words of the person.</param>
    /// <param name="standardInput">The stream behind <c>-</c>.</param>
    public static DocumentSource Parse(string text, Func<Stream> standardInput)
    {
        if (text == "-")
            return new FromStream("-", standardInput);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.Contains("://", StringComparison.Ordinal))
            return new FromUri(uri);
        return new FromFile(text);
    }

    public sealed record FromFile(string Path) : DocumentSource
    {
        public override string Location => Path;
    }

    /// <param name="Uri">Absolute; only http and https are read.</param>
    public sealed record FromUri(Uri Uri) : DocumentSource
    {
        public override string Location => Uri.OriginalString;
    }

    /// <param name="Name">Name for findings, e.g. <c>-</c>.</param>
    /// <param name="Open">Opens the stream; it is read once, to its end.</param>
    public sealed record FromStream(string Name, Func<Stream> Open) : DocumentSource
    {
        public override string Location => Name;
    }
}
