using McpRuntime.Search.Requests;
using McpRuntime.Search.Words;

namespace McpRuntime.Search.Ranking;

/// <summary>How well what an operation does fits what a request asks for, from -1 to 1.</summary>
internal static class KindMatch
{
    // A second meaning of a verb is less likely than its first.
    private const double LaterKind = 0.85;

    // By what is asked for, then by what the operation does: List, Search, Get, Create, Update, Delete, Action.
    private static readonly double[][] Fit =
    [
        [1, 0.7, 0.4, -1, -1, -1, -1],
        [0.8, 1, 0.4, -0.8, -1, -1, -0.8],
        [0.7, 0.5, 1, -1, -1, -1, -0.8],
        [-1, -1, -1, 1, 0.3, -1, 0.4],
        [-1, -1, -1, 0.2, 1, -0.6, 0.5],
        [-1, -1, -1, -0.7, 0, 1, 0.4],
        [-1, -1, -1, 0.4, 0.5, 0.1, 1],
    ];

    /// <summary>For each <see cref="OperationKind"/>.</summary>
    public static double[] Of(IReadOnlyList<RequestVerb> verbs)
    {
        var fits = new double[Fit.Length];
        var total = Math.Max(1, verbs.Sum(verb => verb.Weight));
        foreach (var verb in verbs)
        {
            for (var kind = 0; kind < fits.Length; kind++)
                fits[kind] += Best(verb.Kinds, kind) * verb.Weight / total;
        }
        return fits;
    }

    private static double Best(OperationKind[] asked, int kind)
    {
        var best = -1d;
        var factor = 1d;
        foreach (var one in asked)
        {
            var fit = Fit[(int)one][kind];
            best = Math.Max(best, fit > 0 ? fit * factor : fit);
            factor *= LaterKind;
        }
        return best;
    }
}
