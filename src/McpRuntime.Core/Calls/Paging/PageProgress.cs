using System.IO.Hashing;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Paging;

/// <summary>What was read so far of a list with pages.</summary>
internal sealed class PageProgress
{
    private long _items;
    private long _bytes;
    private long _repeated;
    private int _firstCount;
    private int _lastCount;
    private int _nothingNew;
    private UInt128? _last;

    public int Pages { get; private set; }

    /// <summary>Which bound cut the last page; null for none.</summary>
    public PageEndReason? Cut { get; private set; }

    public int LeftOut { get; private set; }

    /// <summary>Position in its page of the last item that was given; -1 for none.</summary>
    public int LastTaken { get; private set; }

    /// <summary>Two pages in a row had only items that had come before.</summary>
    public bool BringsNothing => _nothingNew > 1;

    public PageEnd Ended(PageEndReason reason) => new(reason, Pages, _items) { Repeated = _repeated };

    // Some APIs answer 404 or 416 to the page after the last one.
    public bool IsPastTheEnd(ToolAnswer answer, PagingStyle style) =>
        style is PagingStyle.Page or PagingStyle.Offset
        && answer.Status is 404 or 416
        && Pages > 0
        && (_lastCount < _firstCount || Pages == 1);

    public bool IsSameAsBefore(JsonElement list)
    {
        var hash = XxHash128.HashToUInt128(PageBody.TextOf(list));
        var isSame = list.GetArrayLength() > 0 && _last == hash;
        _last = hash;
        return isSame;
    }

    public List<JsonElement> Take(SeenItems.Page fresh, JsonElement list, PageCaps caps)
    {
        Pages++;
        var count = list.GetArrayLength();
        _lastCount = count;
        if (Pages == 1)
            _firstCount = count;
        _repeated += count - fresh.Items.Count;
        _nothingNew = count > 0 && fresh.Items.Count == 0 ? _nothingNew + 1 : 0;
        var taken = 0;
        LastTaken = -1;
        foreach (var item in fresh.Items)
        {
            var bytes = PageBody.TextOf(item).Length;
            if (_items == caps.Items)
                Cut = PageEndReason.Items;
            else if (_bytes + bytes > caps.Bytes && _items > 0)
                Cut = PageEndReason.Bytes;
            if (Cut is not null)
                break;
            LastTaken = fresh.Positions[taken];
            (_items, _bytes, taken) = (_items + 1, _bytes + bytes, taken + 1);
        }
        LeftOut = fresh.Items.Count - taken;
        return taken == fresh.Items.Count ? fresh.Items : fresh.Items.GetRange(0, taken);
    }

    public PageEndReason? Reached(PageCaps caps) =>
        _items == caps.Items ? PageEndReason.Items
        : Pages == caps.Pages ? PageEndReason.Pages
        : null;
}
