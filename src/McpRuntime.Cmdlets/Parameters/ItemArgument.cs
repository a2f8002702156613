namespace McpRuntime.Cmdlets.Parameters;

/// <summary>
/// The argument that names the item at the end of a path: <c>petId</c> of <c>/pets/{petId}</c>. Objects of the API call
/// it otherwise, most often <c>id</c>.
/// </summary>
/// <param name="Argument">The argument.</param>
/// <param name="Properties">What objects of the API call it.</param>
internal sealed record ItemArgument(string Argument, IReadOnlyList<string> Properties)
{
    /// <summary>
    /// The last argument of the path, where the segment before it says what it names: the argument is the segment's
    /// noun (<c>/customers/{customer}</c>), or the noun and a word (<c>/pets/{petId}</c>,
    /// <c>/issues/{issue_number}</c>).
    /// </summary>
    /// <param name="path">A path with its variables, such as <c>/pets/{petId}/photos</c>.</param>
    /// <param name="argumentOf">The argument that a variable of the path is; null for one that is not an
    /// argument.</param>
    public static ItemArgument? Of(string path, Func<string, string?> argumentOf)
    {
        var segments = path.Split('?', '#')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = segments.Length - 1; i > 0; i--)
        {
            if (segments[i] is not ['{', .. var variable, '}'])
                continue;
            return
                !segments[i - 1].Contains('{', StringComparison.Ordinal)
                && argumentOf(variable.Trim('+', '*')) is { } argument
                && PropertyOf(Words(variable), Words(segments[i - 1])) is { Length: > 0 } words
                ? new ItemArgument(
                    argument,
                    words.Length == 1 ? words : [string.Join('_', words), string.Concat(words)]
                )
                : null;
        }
        return null;
    }

    // No other property: issue_number is never an issue's id.
    private static string[] PropertyOf(List<string> variable, List<string> collection)
    {
        if (collection.Count == 0)
            return [];
        // The longest noun first: of 'user-groups' groupId is an id, and so is userGroupId.
        for (var start = 0; start < collection.Count; start++)
        {
            string[] noun = [.. collection[start..^1], Singular(collection[^1])];
            if (variable.Count >= noun.Length && noun.SequenceEqual(variable.Take(noun.Length)))
                return variable.Count == noun.Length ? ["id"] : [.. variable.Skip(noun.Length)];
        }
        return string.Concat(variable) == Singular(collection[^1]) + "id" ? ["id"] : [];
    }

    // 'petId', 'pet_id' and 'pet-id' are the words pet and id.
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (
                i < name.Length
                && char.IsAsciiLetterOrDigit(name[i])
                && !(char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1]))
            )
                continue;
            var word = name[start..i].Trim('_', '-', '.', '+', '*').ToLowerInvariant();
            if (word.Length > 0)
                words.Add(word);
            start = i;
        }
        return words;
    }

    private static string Singular(string word) =>
        word switch
        {
            "status" or "address" or "news" or "sms" or "series" => word,
            _ when word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 => word[..^3] + "y",
            _ when word.EndsWith("sses", StringComparison.Ordinal)
                    || word.EndsWith("xes", StringComparison.Ordinal)
                    || word.EndsWith("ches", StringComparison.Ordinal)
                    || word.EndsWith("shes", StringComparison.Ordinal)
                    || word.EndsWith("uses", StringComparison.Ordinal) => word[..^2],
            _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
            _ => word,
        };
}
