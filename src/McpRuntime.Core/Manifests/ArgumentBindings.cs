using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace McpRuntime.Manifests;

/// <summary>
/// The places of a tool's arguments, in their order. Tools have a handful of arguments and APIs thousands of tools: a
/// list that is looked through takes a third of a dictionary's memory.
/// </summary>
internal sealed class ArgumentBindings(KeyValuePair<string, ArgumentBinding>[] bindings)
    : IReadOnlyDictionary<string, ArgumentBinding>
{
    public int Count => bindings.Length;

    public IEnumerable<string> Keys => bindings.Select(binding => binding.Key);

    public IEnumerable<ArgumentBinding> Values => bindings.Select(binding => binding.Value);

    public ArgumentBinding this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no argument '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ArgumentBinding value)
    {
        foreach (var binding in bindings)
        {
            if (binding.Key == key)
            {
                value = binding.Value;
                return true;
            }
        }
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, ArgumentBinding>> GetEnumerator() =>
        bindings.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
