using System.Globalization;
using System.IO.Hashing;
using System.Text;
using McpRuntime.Commands.Words;
using McpRuntime.Manifests;

namespace McpRuntime.Commands.Naming;

/// <summary>Names for an operation, the best first; the last ones are always free.</summary>
internal static class Candidates
{
    private const int FewDigits = 4;
    private const int MostDigits = 20;
    private const int LongestSuffix = 40;

    /// <summary>Each with what it has that the path does not say; null for the names of the path.</summary>
    internal static IEnumerable<CandidateName> Of(NamedOperation operation, NounTable nouns, TakenNames taken)
    {
        var choice = operation.Choice;
        var last = "";
        foreach (var noun in nouns.Of(choice))
        {
            last = noun;
            var name = Name(choice.Verb, noun, choice.Suffix);
            yield return new CandidateName(name, null);
            // More of the path would not say what is different.
            if (taken.IsOf(name, choice))
                break;
        }
        if (operation.Manner.Length > 0)
            yield return new CandidateName(
                Name(choice.Verb, last, choice.Suffix + operation.Manner),
                "words of the operationId"
            );
        if (operation.Path.Version.Length > 0)
            yield return new CandidateName(
                Name(choice.Verb, nouns.Of(choice).First(), choice.Suffix + operation.Path.Version),
                "a version"
            );
        // Of verbs that write, the method's own says no less.
        var plain = VerbChooser.DefaultVerb(operation);
        if (
            choice is { Act: "", Suffix: "", Verb: "Add" or "Connect" or "New" or "Set" or "Update" }
            && plain != choice.Verb
        )
            yield return new CandidateName(
                Name(plain, nouns.Of(choice).First(), operation.Manner),
                "the verb of the method"
            );
        if (
            operation
            is { IsReading: true, HasItemTwin: true, Path.Segments: [.., { IsPlural: true }] }
                or { Path.Segments: [.., { IsMethod: true, Words: ["list"] }] }
        )
            yield return new CandidateName(Name(choice.Verb, last, choice.Suffix + "List"), "the word List");
        if (WithWords(operation.Id.Rest, last + choice.Suffix) is { } words)
            yield return new CandidateName(new CommandName(choice.Verb, words), "words of the operationId");
        if (choice.Act.Length > 0 && operation.Method is "POST" or "PUT")
            yield return new CandidateName(
                Name("Invoke", nouns.Of(choice).First(), NameParts.Pascal(choice.Act)),
                "the path's own word"
            );
        if (WithWords(NameParts.Split(operation.Subject.OperationId), last + choice.Suffix) is { } more)
            yield return new CandidateName(new CommandName(choice.Verb, more), "words of the operationId");
        if (operation.Path.Segments is [.., { IsPlural: true, HasItem: false }])
            yield return new CandidateName(
                Name(choice.Verb, last, choice.Suffix + "Collection"),
                "the word Collection"
            );
        if (operation.Path.Segments is [.., { IsPlural: false, HasItem: false }])
            yield return new CandidateName(Name(choice.Verb, "Current" + last, choice.Suffix), "the word Current");
        var hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(operation.Endpoint));
        for (var digits = FewDigits; ; digits++)
        {
            var number = hash.ToString("D20", CultureInfo.InvariantCulture)[^Math.Min(digits, MostDigits)..];
            if (digits > MostDigits)
                number += digits.ToString(CultureInfo.InvariantCulture);
            yield return new CandidateName(Name(choice.Verb, last, choice.Suffix + number), "a number");
        }
    }

    /// <summary>Whether the operationId has words that the path has not.</summary>
    internal static bool HasSurplus(NamedOperation operation) =>
        WithWords(operation.Id.Rest, operation.Choice.Key) is not null;

    private static CommandName Name(string verb, string noun, string suffix) =>
        suffix.Length > LongestSuffix
            ? Name(verb, noun, suffix[..LongestSuffix])
            : new(verb, noun[..Math.Min(noun.Length, CommandName.MaxNounLength - suffix.Length)] + suffix);

    // users/get-authenticated is Get-AuthenticatedUser.
    private static string? WithWords(IEnumerable<string> found, string noun)
    {
        var known = NameParts.Split(noun).Select(word => word.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        var forms = new WordForms();
        var more = found
            .Select(forms.Singular)
            .Where(word => !known.Contains(word) && !NounWords.IsFiller(word) && VerbWords.Of(word) is null)
            .Distinct()
            .Take(4)
            .ToList();
        return more.Count == 0 ? null : NounTable.Noun([.. more, .. NameParts.Split(noun)]);
    }
}

/// <param name="Name">A name that the operation could have.</param>
/// <param name="Reason">What it has that the path does not say; null for a name of the path.</param>
internal sealed record CandidateName(CommandName Name, string? Reason);
