using McpRuntime.Search.Indexing;
using McpRuntime.Search.Requests;

namespace McpRuntime.Search.Ranking;

/// <summary>Scores the tools of an index for a request.</summary>
internal sealed class Ranker(ToolIndex index, RankingWeights weights)
{
    /// <summary>A score for each tool; 0 for one that has nothing of the request.</summary>
    public double[] Rank(ReadRequest request)
    {
        var scores = new Scores(index.Facts.Count);
        var most = 0d;
        foreach (var term in request.Terms)
            most += AddTerm(term, scores);
        var kinds = KindMatch.Of(request.Verbs);
        var result = new double[index.Facts.Count];
        for (var tool = 0; tool < result.Length; tool++)
        {
            if (scores.Text[tool] > 0)
                result[tool] = Math.Max(double.Epsilon, Total(tool, scores, most, kinds));
        }
        return result;
    }

    private double Total(int tool, Scores scores, double most, double[] kinds)
    {
        var facts = index.Facts[tool];
        var factor = 1 + (weights.Resource * Share(scores.Resource[tool], facts.ResourceWords)) + (weights.Path * Share(scores.Path[tool], facts.PathWords))
            + (weights.Name * Share(scores.Name[tool], facts.NameWords)) + (weights.Title * Share(scores.Title[tool], facts.TitleWords))
            + (weights.Head * scores.Head[tool]) + (weights.Kind * kinds[(int)facts.Kind]) - (weights.Depth * facts.Depth);
        return scores.Text[tool] / most * Math.Max(0.05, factor);
    }

    private static double Share(double found, int words) => words == 0 ? 0 : Math.Min(1, found / words);

    // Returns the most that a tool can get for the word.
    private double AddTerm(RequestTerm term, Scores scores)
    {
        // A synonym is not worth more than the word itself because fewer tools have it.
        var ceiling = Rarity(term.Meanings[0].Stems) is > 0 and var written ? written : 1;
        var most = 0d;
        foreach (var meaning in term.Meanings)
            most = Math.Max(most, AddMeaning(meaning, ceiling, scores));
        foreach (var tool in scores.Found)
        {
            var (value, strength, fields) = (scores.Best[tool] * term.Weight, scores.BestWeight[tool], scores.BestFields[tool]);
            scores.Text[tool] += value;
            if (Has(fields, Field.Resource))
                scores.Resource[tool] += strength;
            if (Has(fields, Field.Path))
                scores.Path[tool] += strength;
            if (Has(fields, Field.Name) && term.Weight >= 0.3)
                scores.Name[tool] += strength;
            if (Has(fields, Field.Title) && term.Weight >= 0.3)
                scores.Title[tool] += strength;
            if (term.IsHead && Has(fields, Field.Resource))
                scores.Head[tool] = strength;
            (scores.Best[tool], scores.BestWeight[tool], scores.BestFields[tool]) = (0, 0, 0);
        }
        scores.Found.Clear();
        return most * term.Weight;
    }

    private double AddMeaning(Meaning meaning, double ceiling, Scores scores)
    {
        if (meaning.Stems.Length == 1)
            return index.Find(meaning.Stems[0]) is { } found ? AddPostings(found, meaning.Weight, ceiling, scores) : 0;
        return AddPhrase(meaning, ceiling, scores);
    }

    private double AddPostings(Postings found, double weight, double ceiling, Scores scores)
    {
        var rarity = Math.Min(Rarity(found), ceiling) * weight;
        for (var i = 0; i < found.Count; i++)
            Offer(found.Tools[i], rarity * Saturate(found.Weights[i]), weight, found.Fields[i], scores);
        return rarity;
    }

    // A phrase counts by its share of words that the tool has.
    private double AddPhrase(Meaning meaning, double ceiling, Scores scores)
    {
        var parts = new Dictionary<int, (double Value, int Words, int Fields)>();
        var most = 0d;
        foreach (var stem in meaning.Stems)
        {
            if (index.Find(stem) is not { } found)
                continue;
            var rarity = Math.Min(Rarity(found), ceiling) * meaning.Weight;
            most += rarity;
            for (var i = 0; i < found.Count; i++)
            {
                var known = parts.GetValueOrDefault(found.Tools[i]);
                parts[found.Tools[i]] = (known.Value + (rarity * Saturate(found.Weights[i])), known.Words + 1, known.Fields | found.Fields[i]);
            }
        }
        foreach (var (tool, part) in parts)
        {
            var share = (double)part.Words / meaning.Stems.Length;
            Offer(tool, part.Value / meaning.Stems.Length * share, meaning.Weight * part.Words * share, part.Fields, scores);
        }
        return most / meaning.Stems.Length;
    }

    private static void Offer(int tool, double value, double strength, int fields, Scores scores)
    {
        if (value <= scores.Best[tool])
            return;
        if (scores.Best[tool] == 0)
            scores.Found.Add(tool);
        (scores.Best[tool], scores.BestWeight[tool], scores.BestFields[tool]) = (value, strength, fields);
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

    private static bool Has(int fields, Field field) => (fields & (1 << (int)field)) != 0;
}
