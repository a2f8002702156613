using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Answers.Shortening;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Json.Selecting;
using McpRuntime.Results;

namespace McpRuntime.Server.Shaping;

/// <summary>
/// Makes answers fit for models: the parts that were selected, within a budget of tokens; the whole is stored for its
/// caller. Short answers pass as they are.
/// </summary>
public sealed class ModelAnswers
{
    /// <summary>Of the budget where no one says: below what clients take without a warning to their users.</summary>
    public const int DefaultBudget = 20_000;

    /// <summary>Longer JSON is sent once: as text, or as structured content where that was promised.</summary>
    internal const int LargeBytes = 16 * 1024;

    private readonly int _budget;
    private readonly ResultStore? _store;
    private readonly string? _project;

    /// <param name="budget">Tokens of an answer where the manifest says nothing; 0 for no bound.</param>
    /// <param name="store">Where what is too long is kept; null for nowhere. Not disposed.</param>
    /// <param name="project">Whose connectors are served; null for those of the folder.</param>
    public ModelAnswers(int budget, ResultStore? store, string? project = null) =>
        (_budget, _store, _project) = (budget, store, project);

    /// <summary>Leaves answers as long as they are.</summary>
    internal static ModelAnswers Unbounded { get; } = new(budget: 0, store: null);

    /// <summary>Results may be stored, so that there is something to read.</summary>
    public bool Stores => _store is not null;

    /// <summary>The tool that reads stored results; none where nothing is stored.</summary>
    public IReadOnlyList<BuiltInTool> Tools => Stores ? [ResultTool.Tool] : [];

    /// <summary>An answer as its caller gets it.</summary>
    /// <param name="answer">Of the API.</param>
    /// <param name="tool">The tool that was called.</param>
    /// <param name="context">Who called.</param>
    /// <param name="promisesStructured">The client was told a schema of the structured content.</param>
    internal ToolAnswer Fit(ToolAnswer answer, ServedTool tool, ToolCallContext context, bool promisesStructured)
    {
        var rules = ToolAnswerRules.Of(tool);
        var budget = rules.Budget ?? _budget;
        var asked = context.Options.Select;
        if (asked is null && rules.Select is null && (budget == 0 || IsShort(answer, budget)))
            return answer;
        var source = new Source(answer, answer, asked, tool, context, promisesStructured);
        if (asked is not null)
            source = Select(source, asked);
        else if (rules.Select is { } select)
        {
            // What the manifest leaves out is not stored either.
            var selected = SelectedAnswer.Of(answer, select);
            source = source with { Shown = selected, Whole = selected };
        }
        return budget == 0 || IsShort(source.Shown, budget) ? source.Shown : Shorten(source, budget);
    }

    /// <summary>Answers <c>read_result</c>.</summary>
    internal async ValueTask<ToolAnswer> ReadAsync(
        ToolCallContext context,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        if (ResultTool.Read(arguments, out var request) is { } fault)
            return fault;
        if (
            await FindAsync(request.Handle, context, cancellationToken) is not { } stored
            || Body(stored) is not { } body
        )
            return ToolAnswer.Error(NotFound);
        return ResultReader.Read(stored, body, request, _budget == 0 ? DefaultBudget : _budget);
    }

    /// <summary>
    /// The result that a caller may read; null where there is none of that handle, whatever the reason.
    /// </summary>
    internal async ValueTask<StoredResult?> FindAsync(
        string handle,
        ToolCallContext context,
        CancellationToken cancellationToken
    )
    {
        if (_store is null)
            return null;
        var owner = Owner(context);
        await _store.FetchAsync(handle, owner, cancellationToken);
        return
            _store.Find(handle, owner) is { } stored
            && context.Tools.Catalog.TryGet(stored.Tool, out var tool)
            && tool.Connector.Name == stored.Connector
            ? stored
            : null;
    }

    internal ReadOnlyMemory<byte>? Body(StoredResult stored) => _store?.Read(stored.Handle, stored.Owner);

    /// <summary>The same for a handle of another caller, an expired one and one that never was.</summary>
    internal static string NotFound =>
        "There is no stored result of this handle for this caller, or no longer. Call the tool again.";

    private ResultOwner Owner(ToolCallContext context) => new(context.Caller, _project);

    private Source Select(Source source, Selection select)
    {
        var shown = SelectedAnswer.Of(source.Whole, select, out var isEmpty);
        // Nothing is lost: a call that changes something should not be repeated for a misspelling.
        if (!isEmpty || source.PromisesStructured || Keep(source) is not { } stored)
            return source with { Shown = shown };
        AnswerContent[] notes = [.. shown.Content.Skip(1), .. Notes(stored, next: null, select: null)];
        return source with { Shown = shown with { Content = notes, Structured = null } };
    }

    private static bool IsShort(ToolAnswer answer, int budget)
    {
        if (answer.Structured is { } json && json.Utf8.Length > LargeBytes)
            return false;
        foreach (var content in answer.Content)
        {
            if (
                content switch
                {
                    AnswerContent.Text text => !AnswerBudget.SurelyFits(text.Value.Length, budget),
                    AnswerContent.Blob blob => blob.Data.Length > LargeBytes,
                    _ => false,
                }
            )
                return false;
        }
        return true;
    }

    private ToolAnswer Shorten(Source source, int budget)
    {
        var answer = source.Shown;
        if (answer.IsError)
            return ShortenError(source);
        if (answer.Content[0] is AnswerContent.Blob blob)
            return ShortenBlob(source, blob);
        if (answer.Content[0] is not AnswerContent.Text text)
            return answer;
        var notes = answer.Content.Skip(1);
        if (answer.Structured is { } json)
            return ShortenJson(source, json, notes, budget);
        if (AnswerBudget.Limit(Encoding.UTF8.GetBytes(text.Value), budget) is not { } most)
            return answer;
        var lines = ShortText.Of(text.Value, most, ResultWindow.Whole, out var shown);
        return shown is null
            ? answer
            : answer with
            {
                IsCut = true,
                Content = [new AnswerContent.Text(lines), .. notes, .. Explain(source, [shown], [], select: null)],
            };
    }

    private ToolAnswer ShortenJson(Source source, JsonText json, IEnumerable<AnswerContent> notes, int budget)
    {
        if (AnswerBudget.Limit(json.Utf8.Span, budget) is not { } most)
            return Once(source, json, notes);
        var shortened = ShortJson.Of(json.ToElement(), most);
        var explained = Explain(source, shortened.Shown, shortened.Omitted, source.Select?.Text);
        return Once(source, shortened.Json, notes.Concat(explained)) with { IsCut = true };
    }

    // Text and structured content do not both carry a large answer.
    private static ToolAnswer Once(Source source, JsonText json, IEnumerable<AnswerContent> notes)
    {
        var isLarge = json.Utf8.Length > LargeBytes;
        var text = isLarge && source.PromisesStructured ? "The answer is in the structured content." : json.ToString();
        return source.Shown with
        {
            Content = [new AnswerContent.Text(text), .. notes],
            Structured = isLarge && !source.PromisesStructured ? null : json,
        };
    }

    // The text has an excerpt of it.
    private ToolAnswer ShortenError(Source source)
    {
        var answer = source.Shown;
        if (answer.Structured is not { } json || json.Utf8.Length <= LargeBytes)
            return answer;
        AnswerContent[] notes = Keep(source) is { } stored ? Notes(stored, next: null, select: null) : [];
        return answer with { Content = [.. answer.Content, .. notes], Structured = null };
    }

    private ToolAnswer ShortenBlob(Source source, AnswerContent.Blob blob) =>
        Keep(source) is { } stored
            ? source.Shown with
            {
                IsCut = true,
                Content =
                [
                    new AnswerContent.Text(
                        $"The answer is {CountText.Of(stored.Length, "byte")} of {blob.MediaType}, stored until "
                            + $"{stored.Expires:HH:mm} UTC; read it as the resource {ResultUri.Of(stored)}."
                    ),
                    Link(stored),
                ],
            }
            : source.Shown;

    private AnswerContent[] Explain(
        Source source,
        IReadOnlyList<ShownPart> shown,
        IReadOnlyList<OmittedPart> omitted,
        string? select
    )
    {
        var missing = $"This answer was shortened: {ResultText.Missing(shown, omitted)}";
        if (Keep(source) is not { } stored)
            return
            [
                new AnswerContent.Text(
                    $"{missing} Ask for less with the tool's own arguments for paging, filters or fields."
                ),
            ];
        var next = shown is [{ Next: { } from }] ? from : (int?)null;
        return [new AnswerContent.Text(missing), .. Notes(stored, next, select)];
    }

    private static AnswerContent[] Notes(StoredResult stored, int? next, string? select) =>
        [new AnswerContent.Text(ResultText.HowToRead(stored, next, select)), Link(stored)];

    private static AnswerContent.Link Link(StoredResult stored) =>
        new(ResultUri.Of(stored), $"Answer of {stored.Tool}", stored.MediaType, stored.Length);

    // Null where it cannot be stored.
    private StoredResult? Keep(Source source)
    {
        if (_store is null)
            return null;
        if (source.Whole.Structured is { } json)
            return Add(source, "application/json", json.Utf8.Span);
        return source.Whole.Content[0] switch
        {
            AnswerContent.Text text => Add(source, "text/plain", Encoding.UTF8.GetBytes(text.Value)),
            AnswerContent.Blob blob => Add(source, blob.MediaType, blob.Data.Span),
            _ => null,
        };
    }

    private StoredResult? Add(Source source, string mediaType, ReadOnlySpan<byte> body) =>
        _store!.Add(Owner(source.Context), source.Tool.Connector.Name, source.Tool.Name, mediaType, body);

    private sealed record Source(
        ToolAnswer Whole,
        ToolAnswer Shown,
        Selection? Select,
        ServedTool Tool,
        ToolCallContext Context,
        bool PromisesStructured
    );
}
