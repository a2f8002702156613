using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using McpRuntime.Calls.Request;
using McpRuntime.Calls.Sending;

namespace McpRuntime.Calls.Caching;

/// <summary>
/// Makes keys: tool, URL, header fields, cookies and credentials as one HMAC-SHA-256 with a random key of the process.
/// So no key can be turned back into a secret or an argument, nor be compared with that of another process.
/// </summary>
internal sealed class CacheKeys
{
    // Whoever sends these asks for something else than the current answer.
    private static readonly string[] Conditions =
    [
        "Cache-Control",
        "If-Match",
        "If-Modified-Since",
        "If-None-Match",
        "If-Range",
        "If-Unmodified-Since",
        "Pragma",
        "Range",
    ];

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>Whether the answer to a request may come from the cache at all.</summary>
    public static bool Covers(OutgoingRequest request)
    {
        if (request.Method != "GET" || request.Body is not null)
            return false;
        foreach (var (name, _) in request.Headers)
        {
            if (Conditions.Contains(name, StringComparer.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    /// <summary>The key of a call, with the credentials that it has now.</summary>
    public CacheKey Of(UpstreamCall call)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        var owner = CacheOwner.Of(call);
        Add(hash, owner.Caller);
        Add(hash, owner.Project);
        Add(hash, owner.Connector);
        // What is read and shown of an answer differs by tool.
        Add(hash, call.Plan.Tool.Name);
        Add(hash, call.Record.Context.Options.MaximumBytes ?? call.Plan.Limits.MaxResponseBytes);
        Add(hash, call.Plan.Tool.ResponseHeaders.Count);
        foreach (var name in call.Plan.Tool.ResponseHeaders)
            Add(hash, name);
        Add(hash, call.Request.Url);
        Add(hash, call.Request.Headers.Count);
        foreach (var (name, value) in call.Request.Headers)
        {
            Add(hash, name);
            Add(hash, value);
        }
        Add(hash, call.Request.Cookies);
        Add(hash, call.Credentials.Uses.Count);
        foreach (var use in call.Credentials.Uses)
        {
            Add(hash, (long)use.In);
            Add(hash, use.Name);
            Add(hash, use.Prefix);
            Add(hash, use.Value.RevealUtf8());
        }
        Add(hash, call.Credentials.Certificate?.ToString());
        return new CacheKey(owner, Convert.ToBase64String(hash.GetHashAndReset()));
    }

    // Lengths go first, so that no two lists of texts are one.
    private static void Add(IncrementalHash hash, string? text)
    {
        if (text is null)
            Add(hash, -1);
        else
            Add(hash, MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
