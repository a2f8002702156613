using System.Collections.Concurrent;

namespace McpRuntime.Http.Access;

/// <summary>How much of something each caller has.</summary>
internal sealed class CallerCounts
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Of(string callerId) => _counts.GetValueOrDefault(callerId);

    /// <summary>Counts one more; false, with nothing counted, where the caller has as many as it may.</summary>
    public bool TryAdd(string callerId, int most)
    {
        while (true)
        {
            if (!_counts.TryGetValue(callerId, out var count))
            {
                if (_counts.TryAdd(callerId, 1))
                    return true;
            }
            else if (count >= most)
            {
                return false;
            }
            else if (_counts.TryUpdate(callerId, count + 1, count))
            {
                return true;
            }
        }
    }

    public void Remove(string callerId)
    {
        while (_counts.TryGetValue(callerId, out var count))
        {
            // Callers that have none are forgotten: there is no end to them.
            if (count <= 1 ? _counts.TryRemove(new(callerId, count)) : _counts.TryUpdate(callerId, count - 1, count))
                return;
        }
    }
}
