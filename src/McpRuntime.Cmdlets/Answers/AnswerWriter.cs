using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Calls.Sending;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Http;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>
/// Writes an answer to the pipeline. Items of a list, and lines of JSON Lines, are written as they arrive, in constant
/// memory. An object is written when it is complete, also where it wraps a list ({"items": […]}): what is after the
/// list belongs to it, and half an object is never written.
/// </summary>
/// <param name="cmdlet">Waits for the answer and writes.</param>
/// <param name="shape">What is written.</param>
/// <param name="objects">Writes values where the shape is objects.</param>
internal sealed class AnswerWriter(McpCmdlet cmdlet, AnswerShape shape, AnswerObjects objects)
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="AnswerException">The rest of the answer cannot be read; what was written is whole.</exception>
    /// <exception cref="JsonException">The answer is not JSON, although its media type is.</exception>
    /// <exception cref="EndOfStreamException">It ends within a value.</exception>
    /// <exception cref="NotSupportedException">It does not fit into one string or array.</exception>
    /// <exception cref="AnswerOutputException">It cannot be written in this shape.</exception>
    public void Write(IAnswer answer)
    {
        foreach (var body in answer.Bodies)
        {
            if (shape is AnswerShape.Objects or AnswerShape.Hashtables)
            {
                WriteObjects(body);
                objects.Finish(cmdlet, answer.Headers);
            }
            else
                cmdlet.WriteObject(shape == AnswerShape.Raw ? Raw(body) : Json(body));
        }
        if (
            answer.Bodies.Count == 0
            && answer.Headers.Count > 0
            && shape is AnswerShape.Objects or AnswerShape.Hashtables
        )
            WriteHeaders(answer.Headers);
    }

    private void WriteObjects(IAnswerBody body)
    {
        switch (body.Format)
        {
            case AnswerFormat.Json or AnswerFormat.JsonLines:
                using (var values = body.Values())
                {
                    while (cmdlet.Wait(values.ReadAsync(cmdlet.StoppingToken)))
                        objects.Write(cmdlet, values.Current.Span, shape == AnswerShape.Hashtables);
                }
                break;
            case AnswerFormat.Text:
                cmdlet.WriteObject(Text(body));
                break;
            default:
                cmdlet.WriteObject(new McpContent(body.MediaType, AnswerBytes.ReadAll(cmdlet, body.OpenBytes())));
                break;
        }
    }

    // A resource that was created has an address and no body: that is the answer.
    private void WriteHeaders(IReadOnlyList<AnswerHeader> headers)
    {
        if (shape == AnswerShape.Hashtables)
        {
            cmdlet.WriteObject(HeaderTable.Of(headers));
            return;
        }
        var result = new PSObject();
        foreach (var (name, value) in headers)
            result.Properties.Add(new PSNoteProperty(name, value));
        cmdlet.WriteObject(result);
    }

    private string Raw(IAnswerBody body) =>
        body.Format == AnswerFormat.Bytes ? throw NotText(body, "-Raw") : Text(body);

    private string Json(IAnswerBody body)
    {
        switch (body.Format)
        {
            case AnswerFormat.Json:
                var text = AnswerBytes.ReadAll(cmdlet, body.OpenText());
                Validate(text);
                return AnswerBytes.ToText(text);
            case AnswerFormat.JsonLines:
                return Joined(body);
            case AnswerFormat.Text:
                return JsonSerializer.Serialize(Text(body), Plain);
            default:
                throw NotText(body, "-AsJson");
        }
    }

    private string Joined(IAnswerBody body)
    {
        var list = new StringBuilder("[");
        using var values = body.Values();
        while (cmdlet.Wait(values.ReadAsync(cmdlet.StoppingToken)))
            list.Append(list.Length > 1 ? "," : "").Append(AnswerBytes.ToText(values.Current.Span));
        return list.Append(']').ToString();
    }

    private string Text(IAnswerBody body) => AnswerBytes.ToText(AnswerBytes.ReadAll(cmdlet, body.OpenText()));

    private static void Validate(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonObjects.MaxDepth });
        while (reader.Read()) { }
    }

    private static AnswerOutputException NotText(IAnswerBody body, string parameter) =>
        new(
            ErrorId.AnswerNotText,
            $"The answer is '{body.MediaType}', not text. Save it with -OutFile, or omit {parameter} to get its bytes."
        );
}
