using System.Reflection;
using System.Xml.Linq;
using McpRuntime.Configuration;

namespace McpRuntime.Reference;

/// <summary>
/// <c>docs/reference/rules.md</c>: the constants of Core's classes of rule ids. Each class has a <c>section</c> in its
/// comment, each constant a <c>summary</c> (meaning), a <c>severity</c> and, where there is something to do, a
/// <c>fix</c>; <c>inheritdoc</c> where another class describes the same rule.
/// </summary>
internal static class RulesPage
{
    private const string Intro =
        "Every finding names its rule. `error` means that the document or manifest cannot be used, `warning` that it "
        + "works with limits, `information` that nothing needs to change. Rules marked *strict* run only with "
        + "`--strict` (`-Strict`). An import lists the first 50 findings of a rule and counts the others.";

    private static readonly Assembly Core = typeof(SettingsReader).Assembly;

    /// <summary>Core's classes of rule ids: those whose name ends so and that hold nothing but texts.</summary>
    public static IEnumerable<Type> Classes =>
        Core.GetTypes()
            .Where(type =>
                type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Rules", StringComparison.Ordinal)
            )
            .Where(type =>
                Ids(type).Any()
                && type.GetMethods(BindingFlags.Static | BindingFlags.DeclaredOnly | AnyAccess).Length == 0
            );

    private const BindingFlags AnyAccess = BindingFlags.Public | BindingFlags.NonPublic;

    /// <exception cref="InvalidOperationException">A comment lacks a part; all such are named.</exception>
    public static Page Make()
    {
        var comments = CodeComments.Of(Core);
        var problems = new List<string>();
        var sections = Classes
            .Select(type => (Type: type, Section: comments.Type(type)?.Element("section")))
            .OrderBy(entry => (int?)entry.Section?.Attribute("order"))
            .ToList();
        foreach (var (type, _) in sections.Where(entry => entry.Section?.Attribute("title") is null))
            problems.Add($"{type.Name} has no <section order title> in its comment.");
        var blocks = sections.SelectMany(entry => Section(entry.Type, entry.Section, comments, problems)).ToList();
        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join('\n', problems));
        return Page.Reference("rules.md", "Rules", [Intro, .. blocks]);
    }

    /// <summary>The rule ids of a class, in the order of the source.</summary>
    public static IEnumerable<FieldInfo> Ids(Type type) =>
        type.GetFields(BindingFlags.Static | AnyAccess)
            .Where(field => field is { IsLiteral: true, IsPrivate: false } && field.FieldType == typeof(string));

    private static IEnumerable<string> Section(
        Type type,
        XElement? section,
        CodeComments comments,
        List<string> problems
    )
    {
        yield return $"## {section?.Attribute("title")?.Value}";
        if (CommentText.Markdown(section) is { Length: > 0 } intro)
            yield return intro;
        var rules = Ids(type).Select(id => (Id: id, Comment: comments.Field(id))).ToList();
        var own = rules.Where(rule => rule.Comment?.Element("inheritdoc") is null).ToList();
        foreach (var (id, comment) in own)
        {
            if (comment?.Element("summary") is null || comment.Element("severity") is null)
                problems.Add($"{type.Name}.{id.Name} has no <summary> and <severity> in its comment.");
        }
        yield return Markdown.Table(
            ["rule", "severity", "meaning", "fix"],
            own.Select(rule => Row((string)rule.Id.GetRawConstantValue()!, rule.Comment))
        );
        var shared = rules.Except(own).Select(rule => Markdown.Code((string)rule.Id.GetRawConstantValue()!)).ToList();
        if (shared.Count > 0)
            yield return $"Described elsewhere on this page and reported here, too: {string.Join(", ", shared)}.";
    }

    // The anchor lets other pages, messages and reports link to one rule.
    private static string[] Row(string id, XElement? comment) =>
        [
            $"<a id=\"{id}\"></a>{Markdown.Code(id)}",
            CommentText.Markdown(comment?.Element("severity")),
            CommentText.Markdown(comment?.Element("summary")),
            CommentText.Markdown(comment?.Element("fix")) is { Length: > 0 } fix ? fix : "None.",
        ];
}
