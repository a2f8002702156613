using McpRuntime.OpenApi.Operations;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Which operations the person chose.</summary>
internal sealed class OperationFilter(ImportOptions options)
{
    private int _taken;

    /// <summary>Why an operation is left out; null when it becomes a tool. To be asked in document order.</summary>
    internal string? Refuse(OperationHead operation)
    {
        if (operation.Extension.IsEnabled == false)
            return "x-mcp: false";
        if (options.IncludePaths.Count > 0 && !Matches(options.IncludePaths, operation.Path))
            return "its path matches no --include-path";
        if (Matches(options.ExcludePaths, operation.Path))
            return "its path matches --exclude-path";
        if (options.IncludeTags.Count > 0 && !HasTag(operation, options.IncludeTags))
            return "it has no tag of --include-tag";
        if (HasTag(operation, options.ExcludeTags))
            return "it has a tag of --exclude-tag";
        if (options.IncludeOperations.Count > 0 && !(operation.OperationId is { } id && Matches(options.IncludeOperations, id)))
            return "its operationId matches no --include-operation";
        if (options.Methods.Count > 0 && !options.Methods.Contains(operation.Method, StringComparer.OrdinalIgnoreCase))
            return $"{operation.Method} is none of --methods";
        if (options.ReadOnly && !HttpSemantics.IsReadOnly(operation.Method))
            return $"{operation.Method} may change something (--read-only)";
        if (options.SkipDeprecated && operation.IsDeprecated)
            return "it is deprecated (--skip-deprecated)";
        if (options.MaxTools is { } most && _taken >= most)
            return $"--max-tools {most} is reached";
        _taken++;
        return null;
    }

    private static bool Matches(IReadOnlyList<string> globs, string text)
    {
        foreach (var glob in globs)
        {
            if (PathGlob.IsMatch(glob, text))
                return true;
        }
        return false;
    }

    private static bool HasTag(OperationHead operation, IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
            return false;
        var own = operation.Tags;
        foreach (var tag in tags)
        {
            if (own.Contains(tag, StringComparer.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
