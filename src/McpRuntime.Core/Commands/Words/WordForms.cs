using System.Collections.Frozen;
using Humanizer;

namespace McpRuntime.Commands.Words;

/// <summary>
/// Singular and plural of English words, as names of commands need them. Remembers what it was asked.
/// </summary>
internal sealed class WordForms
{
    // Not plurals, or without a singular that anyone would type.
    private static readonly FrozenSet<string> Unchanged = (
        "access accounting address aerospace alias always analysis analytics apparatus apps-script "
        + "asbestos aws axis basis bias bonus bus business campus canvas census chaos chassis class cms "
        + "compass consensus consus contents corpus cors cps cross css data dms dns dress ecs eks emphasis "
        + "eps excess express focus gas gis glass gps gross has hls https iops ios is its jenkins js kms "
        + "kubernetes lens lfs loss mass media mess metadata minus mms mqtts news nexus nis os paas pass "
        + "physics plus pos postgres press previous process progress props radius redis rms rss saas sas "
        + "series sis sms sns species sqs sse statistics status success synopsis sys tax this tls tms toss "
        + "ts ups us uss vas versus virus vms vps wales windows wms xss yes"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Where the general rules go wrong.
    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["addresses"] = "address",
        ["children"] = "child",
        ["men"] = "man",
        ["people"] = "person",
        ["women"] = "woman",
        ["aliases"] = "alias",
        ["analyses"] = "analysis",
        ["bases"] = "base",
        ["caches"] = "cache",
        ["contents"] = "content",
        ["criteria"] = "criterion",
        ["databases"] = "database",
        ["emojis"] = "emoji",
        ["ids"] = "id",
        ["indices"] = "index",
        ["kudos"] = "kudos",
        ["leaves"] = "leave",
        ["licences"] = "licence",
        ["matrices"] = "matrix",
        ["movies"] = "movie",
        ["quotas"] = "quota",
        ["schemas"] = "schema",
        ["sms"] = "sms",
        ["statuses"] = "status",
        ["taxes"] = "tax",
        ["vertices"] = "vertex",
        ["waves"] = "wave",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The singular in lower case; the word itself where it is none.</summary>
    internal string Singular(string word)
    {
        var lower = word.ToLowerInvariant();
        if (_known.TryGetValue(lower, out var known))
            return known;
        return _known[lower] = Make(lower);
    }

    /// <summary>Whether the word is a plural: a collection.</summary>
    internal bool IsPlural(string word) => !string.Equals(Singular(word), word, StringComparison.OrdinalIgnoreCase);

    private static string Make(string word) =>
        Irregular.TryGetValue(word, out var singular) ? singular
        : word.Length < 3
        || Unchanged.Contains(word)
        || !word.EndsWith('s')
        || word.EndsWith("ss", StringComparison.Ordinal)
            ? word
        : word.Singularize(inputIsKnownToBePlural: false) is { Length: > 0 } made && made.All(char.IsAsciiLetterOrDigit)
            ? made.ToLowerInvariant()
        : word;
}
