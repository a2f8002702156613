namespace McpRuntime.Search.Indexing;

/// <summary>The tools that a word is in.</summary>
internal sealed class Postings
{
    private int[] _tools = new int[2];
    private float[] _weights = new float[2];
    private ushort[] _fields = new ushort[2];

    public int Count { get; private set; }

    /// <summary>Positions of the tools, in ascending order.</summary>
    public ReadOnlySpan<int> Tools => _tools.AsSpan(0, Count);

    /// <summary>How much the word counts in each: the sum over its fields.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

    /// <summary>Which fields of each it is in: bit n for the field n.</summary>
    public ReadOnlySpan<ushort> Fields => _fields.AsSpan(0, Count);

    /// <param name="tool">Not before the one that was added last.</param>
    /// <param name="field">Where.</param>
    /// <param name="weight">How much it counts there.</param>
    public void Add(int tool, Field field, double weight)
    {
        if (Count == 0 || _tools[Count - 1] != tool)
        {
            if (Count == _tools.Length)
            {
                Array.Resize(ref _tools, Count * 2);
                Array.Resize(ref _weights, Count * 2);
                Array.Resize(ref _fields, Count * 2);
            }
            _tools[Count++] = tool;
        }
        _weights[Count - 1] += (float)weight;
        _fields[Count - 1] |= (ushort)(1 << (int)field);
    }

    public void Trim()
    {
        Array.Resize(ref _tools, Count);
        Array.Resize(ref _weights, Count);
        Array.Resize(ref _fields, Count);
    }
}
