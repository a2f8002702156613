using McpRuntime.Search.Indexing;
using McpRuntime.Search.Requests;

namespace McpRuntime.Search.Ranking;

/// <summary>Scores the tools of an index for a request.</summary>
internal sealed class Ranker(ToolIndex index, RankingWeights weights)
{
    private const double LeastFactor = 0.05;

    // Verbs that say nothing else are no part of what a name is about.
    private const double LeastNameWord = 0.3;

    /// <summary>A score for each tool; 0 for one that has nothing of the request.</summary>
    public double[] Rank(ReadRequest request)
    {
        var scores = Add(request, (_, _) => { });
        var kinds = KindMatch.Of(request.Verbs);
        var result = new double[index.Facts.Count];
        for (var tool = 0; tool < result.Length; tool++)
        {
            if (scores.Text[tool] > 0)
                result[tool] = scores.Text[tool] / scores.Most * (1 + Factors(tool, scores, kinds).Sum);
        }
        return result;
    }

    /// <summary>Why a tool has its score.</summary>
    public SearchExplanation Explain(ReadRequest request, int tool)
    {
        var words = new List<(RequestTerm Term, WordMatch Match)>();
        var scores = Add(request, (term, found) =>
        {
            if (found.Best[tool].Value > 0)
                words.Add((term, found.Best[tool]));
        });
        if (words.Count == 0)
            return new SearchExplanation(0, [], []);
        var factors = Factors(tool, scores, KindMatch.Of(request.Verbs));
        return new SearchExplanation(
            scores.Text[tool] / scores.Most * (1 + factors.Sum),
            [.. words.Select(word => ExplanationText.Of(word.Term, word.Match, scores.Most))],
            factors.Named()
        );
    }

    private ScoreFactors Factors(int tool, Scores scores, double[] kinds)
    {
        var facts = index.Facts[tool];
        var factors = new ScoreFactors(
            weights.Resource * Share(scores.Resource[tool], facts.ResourceWords),
            weights.Path * Share(scores.Path[tool], facts.PathWords),
            weights.Name * Share(scores.Name[tool], facts.NameWords),
            weights.Title * Share(scores.Title[tool], facts.TitleWords),
            weights.Head * scores.Head[tool],
            weights.Kind * kinds[(int)facts.Kind],
            -weights.Depth * facts.Depth,
            0
        );
        // What is far from what is asked for keeps a little; a tool that has words of the request is never lost.
        var share = Math.Max(LeastFactor, 1 + factors.Sum);
        return facts.IsDeprecated
            ? factors with
            {
                Deprecated = (share * weights.Deprecated) - (1 + factors.Sum),
            }
            : factors with
            {
                Intent = factors.Intent + share - (1 + factors.Sum),
            };
    }

    private static double Share(double found, int words) => words == 0 ? 0 : Math.Min(1, found / words);

    private Scores Add(ReadRequest request, Action<RequestTerm, Scores> found)
    {
        var scores = new Scores(index.Facts.Count);
        foreach (var term in request.Terms)
        {
            // A synonym is not worth more than the word itself because fewer tools have it.
            var ceiling = Rarity(term.Meanings[0].Stems) is > 0 and var written ? written : 1;
            var most = 0d;
            foreach (var meaning in term.Meanings)
                most = Math.Max(most, AddMeaning(meaning, ceiling, scores));
            scores.Most += most * term.Weight;
            found(term, scores);
            TakeBest(term, scores);
        }
        return scores;
    }

    private static void TakeBest(RequestTerm term, Scores scores)
    {
        foreach (var tool in scores.Found)
        {
            var match = scores.Best[tool];
            scores.Text[tool] += match.Value * term.Weight;
            if (Has(match, Field.Resource))
                scores.Resource[tool] += match.Strength;
            if (Has(match, Field.Path))
                scores.Path[tool] += match.Strength;
            if (Has(match, Field.Name) && term.Weight >= LeastNameWord)
                scores.Name[tool] += match.Strength;
            if (Has(match, Field.Title) && term.Weight >= LeastNameWord)
                scores.Title[tool] += match.Strength;
            if (term.IsHead && Has(match, Field.Resource))
                scores.Head[tool] = match.Strength;
            scores.Best[tool] = default;
        }
        scores.Found.Clear();
    }

    // Returns the most that a tool can get for it.
    private double AddMeaning(Meaning meaning, double ceiling, Scores scores)
    {
        if (meaning.Stems.Length > 1)
            return AddPhrase(meaning, ceiling, scores);
        if (index.Find(meaning.Stems[0]) is not { } found)
            return 0;
        var rarity = Math.Min(Rarity(found), ceiling) * meaning.Weight;
        for (var i = 0; i < found.Count; i++)
            Offer(
                found.Tools[i],
                new WordMatch(rarity * Saturate(found.Weights[i]), meaning.Weight, found.Fields[i], meaning),
                scores
            );
        return rarity;
    }

    // A phrase counts by its share of words that the tool has.
    private double AddPhrase(Meaning meaning, double ceiling, Scores scores)
    {
        var parts = new Dictionary<int, PhrasePart>();
        var most = 0d;
        foreach (var stem in meaning.Stems)
        {
            if (index.Find(stem) is not { } found)
                continue;
            var rarity = Math.Min(Rarity(found), ceiling) * meaning.Weight;
            most += rarity;
            for (var i = 0; i < found.Count; i++)
            {
                if (!parts.TryGetValue(found.Tools[i], out var part))
                    parts.Add(found.Tools[i], part = new PhrasePart());
                part.Value += rarity * Saturate(found.Weights[i]);
                part.Words++;
                part.Fields |= found.Fields[i];
            }
        }
        foreach (var (tool, part) in parts)
        {
            var share = (double)part.Words / meaning.Stems.Length;
            Offer(
                tool,
                new WordMatch(
                    part.Value / meaning.Stems.Length * share,
                    meaning.Weight * part.Words * share,
                    part.Fields,
                    meaning
                ),
                scores
            );
        }
        return most / meaning.Stems.Length;
    }

    private static void Offer(int tool, WordMatch match, Scores scores)
    {
        if (match.Value <= scores.Best[tool].Value)
            return;
        if (scores.Best[tool].Value == 0)
            scores.Found.Add(tool);
        scores.Best[tool] = match;
    }

    private double Rarity(Postings found) => Math.Pow(index.Rarity(found), weights.Rarity);

    // That of the rarest word.
    private double Rarity(string[] stems)
    {
        var most = 0d;
        foreach (var stem in stems)
            most = Math.Max(most, index.Find(stem) is { } found ? Rarity(found) : 0);
        return most;
    }

    private double Saturate(double weight) => weight / (weight + weights.Saturation);

    private static bool Has(WordMatch match, Field field) => (match.Fields & (1 << (int)field)) != 0;

    private sealed class PhrasePart
    {
        public double Value { get; set; }

        public int Words { get; set; }

        public int Fields { get; set; }
    }
}
