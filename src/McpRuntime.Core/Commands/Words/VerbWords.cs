using System.Collections.Frozen;

namespace McpRuntime.Commands.Words;

/// <summary>
/// Words that operations begin or end with, and the approved verb that says the same; after the groups and synonyms of
/// PowerShell's guidelines for verbs.
/// </summary>
internal static class VerbWords
{
    private static readonly FrozenDictionary<string, string> Verbs = Parse(
        """
        Get: list get fetch retrieve read download show describe view lookup obtain load poll enumerate display
        Find: search query find discover
        New: create generate make new allocate produce
        Add: add append attach upload star follow assign insert include link like pin associate vote
        Remove: delete destroy detach remove drop erase discard
        Remove: unassign unlink unlike unpin unstar unfollow disassociate exclude
        Set: put replace configure set upsert overwrite
        Update: update patch modify edit change renew recalculate
        Rename: rename
        Test: check validate verify test ping diagnose is has exists
        Measure: count calculate analyze estimate
        Compare: compare diff
        Start: run trigger dispatch start launch begin initiate boot
        Stop: cancel abort stop terminate end kill halt interrupt
        Restart: restart reboot rerun retry resend relaunch rebuild
        Suspend: suspend pause freeze hibernate
        Resume: resume unpause unsuspend unfreeze continue
        Enable: enable activate
        Disable: disable deactivate
        Approve: approve accept
        Deny: deny reject decline refuse
        Confirm: confirm acknowledge
        Complete: complete finish finalize
        Move: move transfer migrate
        Copy: copy clone duplicate replicate
        Restore: restore undelete recover
        Clear: clear purge flush empty wipe
        Reset: reset
        Sync: sync synchronize refresh
        Send: send post notify email broadcast
        Publish: publish
        Unpublish: unpublish
        Grant: grant authorize allow
        Revoke: revoke deauthorize invalidate
        Lock: lock
        Unlock: unlock
        Block: block ban
        Unblock: unblock unban
        Protect: protect encrypt
        Unprotect: unprotect decrypt
        Hide: hide archive
        Show: unhide unarchive
        Merge: merge combine
        Split: split
        Join: join
        Exit: leave
        Open: open reopen
        Close: close
        Submit: submit
        Request: request
        Register: register subscribe enroll
        Unregister: unregister deregister unsubscribe
        Install: install
        Uninstall: uninstall
        Deploy: deploy
        Undo: undo rollback revert
        Import: import
        Export: export
        Convert: convert transform
        Resolve: resolve
        Repair: repair fix
        Connect: connect login
        Disconnect: disconnect logout
        Mount: mount
        Dismount: unmount
        Initialize: initialize init setup
        Expand: expand
        Resize: resize
        Backup: backup
        Save: save
        Wait: wait
        Watch: watch
        Invoke: execute call invoke
        """
    );

    private static readonly FrozenDictionary<string, string> Opposites = Pairs(
        """
        Lock: Unlock
        Block: Unblock
        Enable: Disable
        Publish: Unpublish
        Register: Unregister
        Install: Uninstall
        Protect: Unprotect
        Connect: Disconnect
        Mount: Dismount
        Grant: Revoke
        Approve: Revoke
        Suspend: Resume
        Hide: Show
        Join: Exit
        """
    );

    // What each method may do: reading never writes, DELETE takes away, PUT does not make a new thing.
    private static readonly FrozenSet<string> Reading = Set("Get Find Test Measure Compare Export Watch");
    private static readonly FrozenSet<string> Removing = Set(
        "Clear Disable Disconnect Dismount Exit Remove Reset Resume Revoke Show Unblock Undo Uninstall "
            + "Unlock Unprotect Unpublish Unregister"
    );

    // DELETE takes these back, also where nothing else says so.
    private static readonly FrozenSet<string> Taken = Set("Block Enable Lock Mount Protect Publish Suspend");

    // Actions that no approved verb says; at the end of a path only, where a noun could be as well.
    private static readonly FrozenSet<string> Actions = Set(
        "advance apply bill capture charge collect consume deliver exchange expire fail forward fund "
            + "increment invite kick lint mark pay play predict present process prune redact refund release "
            + "render respond restrict resubmit return reverse ship sign succeed trim unfurl void withdraw"
    );

    // They begin the name of nothing: verify_microdeposits is an action, check_runs a collection.
    private static readonly FrozenSet<string> Pure = Set(
        "accept activate add approve assign attach authorize calculate cancel configure create deactivate "
            + "decline delete detach disable enable execute generate invoke notify reject remove rerun resend "
            + "retrieve retry revoke terminate unassign update validate verify"
    );
    private static readonly FrozenSet<string> Adverbs = Set("bulk batch force mass async multi quick");

    /// <summary>The approved verb of a word; null where it is not known as a verb.</summary>
    internal static string? Of(string word) => Verbs.GetValueOrDefault(word);

    /// <summary>Whether a word is never the beginning of a noun.</summary>
    internal static bool IsPure(string word) => Pure.Contains(word);

    /// <summary>Whether a word is an action without an approved verb.</summary>
    internal static bool IsAction(string word) => Actions.Contains(word);

    /// <summary>Whether a word only says how: it stands before the verb.</summary>
    internal static bool IsAdverb(string word) => Adverbs.Contains(word);

    /// <summary>The verb of a DELETE that takes back what the verb does; null where it is not known to do so.</summary>
    /// <param name="verb">Of the path.</param>
    /// <param name="said">What the operationId says; null for nothing.</param>
    internal static string? Opposite(string verb, string? said) =>
        Opposites.GetValueOrDefault(verb) is { } opposite && (said is null ? Taken.Contains(verb) : said == opposite)
            ? opposite
            : null;

    /// <summary>Whether a method may have the verb.</summary>
    internal static bool Allows(string method, string verb) =>
        method switch
        {
            "GET" or "HEAD" or "OPTIONS" or "QUERY" => Reading.Contains(verb),
            "DELETE" => Removing.Contains(verb),
            "PUT" => verb != "New" && !Reading.Contains(verb) || verb == "Test",
            _ => true,
        };

    private static FrozenDictionary<string, string> Pairs(string lines) =>
        lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": "))
            .ToFrozenDictionary(line => line[0], line => line[1], StringComparer.Ordinal);

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, string> Parse(string lines) =>
        lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':'))
            .SelectMany(line =>
                line[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (word, line[0]))
            )
            .ToFrozenDictionary(pair => pair.word.Trim(), pair => pair.Item2, StringComparer.OrdinalIgnoreCase);
}
