using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;

namespace McpRuntime.Server.Surface;

/// <summary>
/// What the lists of one server have. <see cref="ToolExposure.Auto"/> is decided once, with all of the first tools, so
/// that it is the same for every client and no reload changes what a client has learnt. Safe to use from several
/// threads.
/// </summary>
/// <param name="mode">What was asked for.</param>
/// <param name="pins">Globs of tools that are always listed, besides those that their manifest pins; see
/// <see cref="ToolFilter"/>.</param>
public sealed class Exposure(ToolExposure mode, IReadOnlyList<string>? pins = null)
{
    /// <summary>More tools than these are searched.</summary>
    public const int MostTools = 60;

    /// <summary>A longer list is searched; a token is four bytes.</summary>
    public const int MostTokens = 20_000;

    private readonly ToolFilter _pins = new(pins ?? []);
    private readonly Lock _deciding = new();
    private bool? _isSearch = mode switch
    {
        ToolExposure.All => false,
        ToolExposure.Search => true,
        _ => null,
    };

    /// <summary>A new one that lists all tools.</summary>
    public static Exposure All => new(ToolExposure.All);

    /// <summary>Tools are found by search; false as well while that is not decided.</summary>
    public bool IsSearch
    {
        get
        {
            lock (_deciding)
                return _isSearch == true;
        }
    }

    /// <summary>What is listed does not change any more.</summary>
    public bool IsDecided
    {
        get
        {
            lock (_deciding)
                return _isSearch is not null;
        }
    }

    /// <summary>Decides, where that was not done before.</summary>
    /// <param name="all">A list with all tools of the server.</param>
    public void Decide(ToolList all)
    {
        lock (_deciding)
            _isSearch ??= all.Catalog.Tools.Count > MostTools || all.Bytes / 4 > MostTokens;
    }

    /// <summary>The list of a catalog.</summary>
    /// <param name="catalog">The tools of a caller.</param>
    /// <param name="builtIns">Tools of the server itself.</param>
    /// <param name="form">How tools are listed.</param>
    public ToolList Make(ToolCatalog catalog, IReadOnlyList<BuiltInTool> builtIns, ListForm form) =>
        IsSearch
            ? new ToolList(catalog, [.. SearchTools.Create(catalog), .. builtIns], form, IsPinned)
            : new ToolList(catalog, builtIns, form);

    private bool IsPinned(ServedTool tool) => tool.IsPinned || (_pins.Names.Count > 0 && _pins.Allows(tool));
}
