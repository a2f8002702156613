using McpRuntime.OpenApi.Examples;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi;

/// <summary>
/// Makes tools of operations and writes schemas, and keeps what it has resolved and read for the next one.
/// </summary>
internal sealed class OperationWorker : IDisposable
{
    private readonly ISpecReader _reader;
    private readonly ToolProjector _projector;
    private readonly ToolSchemaWriter _writer;
    private readonly BodyExamples _examples;

    /// <param name="documents">All documents.</param>
    /// <param name="security">Tells which parameters are credentials.</param>
    /// <param name="needs">What operations need that say nothing themselves.</param>
    internal OperationWorker(DocumentSet documents, SecurityProjector security, SecurityNeeds? needs)
    {
        var resolver = new ReferenceResolver(documents);
        _reader = ReaderOf(documents.Entry, resolver);
        _projector = new ToolProjector(resolver, security, needs);
        Schemas = new SchemaWriter(resolver);
        _writer = new ToolSchemaWriter(Schemas);
        _examples = new BodyExamples(resolver);
    }

    /// <summary>Writes shared schemas.</summary>
    internal SchemaWriter Schemas { get; }

    /// <summary>The reader for the document's version.</summary>
    internal static ISpecReader ReaderOf(SpecDocument document, ReferenceResolver resolver) =>
        document.Line == SpecLine.V20 ? new Swagger2Reader(document, resolver) : new OpenApi3Reader(document, resolver);

    /// <summary>The tool of an operation: read, projected, its schemas written.</summary>
    internal Found<WrittenTool> Tool(ChosenOperation operation)
    {
        var read = _reader.Read(operation.Head);
        var shape = _projector.Project(read.Value, operation.Name);
        var written = _writer.Write(shape.Value);
        if (_examples.Of(shape.Value) is { Count: > 0 } examples)
            written = written with { Value = written.Value with { Examples = examples } };
        return read.Findings.Count + shape.Findings.Count == 0
            ? written
            : written with
            {
                Findings = [.. read.Findings, .. shape.Findings, .. written.Findings],
            };
    }

    public void Dispose() => Schemas.Dispose();
}
