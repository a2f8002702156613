using McpRuntime.Configuration;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Which operations the user chose.</summary>
internal sealed class OperationFilter(ImportOptions options)
{
    private readonly OptionNames _names = options.Names;
    private int _taken;

    /// <summary>
    /// Names of the choices that leave something out, as <c>a, b or c</c>; empty where there are none.
    /// </summary>
    internal string InUse =>
        OptionNames.Any(
            options.IncludePaths.Count > 0 ? _names.IncludePath : null,
            options.ExcludePaths.Count > 0 ? _names.ExcludePath : null,
            options.IncludeTags.Count > 0 ? _names.IncludeTag : null,
            options.ExcludeTags.Count > 0 ? _names.ExcludeTag : null,
            options.IncludeOperations.Count > 0 ? _names.IncludeOperation : null,
            options.Methods.Count > 0 ? _names.Method : null,
            options.ReadOnly ? _names.ReadOnly : null,
            options.SkipDeprecated ? _names.SkipDeprecated : null
        );

    /// <summary>Why an operation is left out; null when it becomes a tool. To be asked in document order.</summary>
    internal string? Refuse(OperationHead operation)
    {
        if (operation.Extension.IsEnabled == false)
            return "x-mcp: false";
        if (options.IncludePaths.Count > 0 && !Matches(options.IncludePaths, operation.Path))
            return $"its path does not match {_names.IncludePath}";
        if (Matches(options.ExcludePaths, operation.Path))
            return $"its path matches {_names.ExcludePath}";
        if (options.IncludeTags.Count > 0 && !HasTag(operation, options.IncludeTags))
            return $"it does not have a tag of {_names.IncludeTag}";
        if (HasTag(operation, options.ExcludeTags))
            return $"it has a tag of {_names.ExcludeTag}";
        if (
            options.IncludeOperations.Count > 0
            && !(operation.OperationId is { } id && Matches(options.IncludeOperations, id))
        )
            return $"its operationId does not match {_names.IncludeOperation}";
        if (options.Methods.Count > 0 && !options.Methods.Contains(operation.Method, StringComparer.OrdinalIgnoreCase))
            return $"its method {operation.Method} is not in {_names.Method}";
        if (options.ReadOnly && !HttpSemantics.IsReadOnly(operation.Method))
            return $"its method {operation.Method} can change data ({_names.ReadOnly})";
        if (options.SkipDeprecated && operation.IsDeprecated)
            return $"it is deprecated ({_names.SkipDeprecated})";
        if (options.MaxTools is { } most && _taken >= most)
            return $"{_names.MaxTools} {most} is reached";
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
