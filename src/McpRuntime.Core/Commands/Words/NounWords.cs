using System.Collections.Frozen;

namespace McpRuntime.Commands.Words;

/// <summary>Words of paths that need others to say what they name.</summary>
internal static class NounWords
{
    // Alone they do not say whose: Get-FileContent, not Get-Content.
    private static readonly FrozenSet<string> Generic = Set(
        "access action activity annotation answer approval asset attribute author billing body branch "
            + "build cap capability child comment config configuration conflict content context count current "
            + "data database default detail entry error event exception export extension feature field file "
            + "filter flag grade group health history image import info information input instance item job key "
            + "label level limit line link list location log me member metadata metric migration name node note "
            + "option order output owner parent path payload permission preference preview priority profile "
            + "property protection provider range raw record ref reference reply report request resource "
            + "response restriction result review role root rule schema scope seat section session setting "
            + "setup stat state statistic status summary tag template test thread type usage user value "
            + "variable version visibility"
    );

    // They say which ones, and stand before what they describe: Get-LatestRelease, not Get-ReleaseLatest.
    private static readonly FrozenSet<string> Adjectives = Set(
        "active all archived available awaiting blocking current custom daily default disabled enabled "
            + "failed hourly latest local me missing mobile monthly new own pending popular previous private "
            + "public recent scheduled self shared top trending upcoming weekly whoami yearly"
    );

    // Acting on them leaves the thing as it is, so that they stay in the noun: Add-GistStar, not Add-Gist.
    private static readonly FrozenSet<string> Objects = Set(
        "email follow include like link notify pin post star subscribe unfollow unlike unpin unstar "
            + "unsubscribe upload vote"
    );

    // They describe also what is not a collection.
    private static readonly FrozenSet<string> Times = Set("current latest next previous recent trending upcoming");

    private static readonly FrozenSet<string> Prepositions = Set("by for from in of to under where with");

    private static readonly FrozenSet<string> Fillers = Set(
        "a an and as at by for from id ids in is its my of on one or that the their this to via with your"
    );

    internal static bool IsGeneric(string word) => Generic.Contains(word);

    internal static bool IsAdjective(string word) =>
        Adjectives.Contains(word) || (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal));

    internal static bool IsTime(string word) => Times.Contains(word);

    internal static bool IsPreposition(string word) => Prepositions.Contains(word);

    internal static bool IsObject(string word) => Objects.Contains(word);

    internal static bool IsFiller(string word) => Fillers.Contains(word);

    /// <summary>The verb of a participle: starred, archived, suspended; null for other words.</summary>
    internal static string? Stem(string word)
    {
        if (word.Length < 5 || !word.EndsWith("ed", StringComparison.Ordinal))
            return null;
        foreach (var cut in (ReadOnlySpan<int>)[1, 2, 3])
        {
            if (VerbWords.Of(word[..^cut]) is not null)
                return word[..^cut];
        }
        return null;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
