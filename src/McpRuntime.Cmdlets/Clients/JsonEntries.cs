using System.Text.Json;
using McpRuntime.Cmdlets.Processes;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>Server entries in JSON with comments, as most clients keep them.</summary>
internal sealed class JsonEntries(ClientProfile profile) : IServerEntries
{
    public bool? IsOurs(byte[] text, string name) =>
        Reading(() => JsoncEditor.Get(text, profile.Section, name)) is { } entry ? ServerEntry.IsOurs(entry) : null;

    public byte[] AddLocal(byte[] text, string name, LaunchCommand launch) =>
        Reading(() =>
            WithoutInput(
                JsoncEditor.Set(text, profile.Section, name, writer => ServerEntry.Write(writer, profile, launch)),
                name
            )
        );

    public byte[] AddRemote(byte[] text, string name, Uri uri) =>
        Reading(() =>
        {
            if (profile.Token == TokenSource.Input)
            {
                var input = TokenInput.Of(name);
                text = JsoncEditor.Set(
                    text,
                    TokenInput.Section,
                    input.Id,
                    writer => input.Write(writer, uri),
                    isList: true
                );
                return JsoncEditor.Set(text, profile.Section, name, writer =>
                    ServerEntry.Write(writer, profile, uri, input.Reference)
                );
            }
            var reference = profile.Reference(TokenVariable.Of(name));
            return JsoncEditor.Set(text, profile.Section, name, writer =>
                ServerEntry.Write(writer, profile, uri, reference)
            );
        });

    public byte[] Remove(byte[] text, string name) =>
        Reading(() => JsoncEditor.Remove(text, profile.Section, name) is { } after ? WithoutInput(after, name) : text);

    private byte[] WithoutInput(byte[] text, string name)
    {
        if (profile.Token != TokenSource.Input)
            return text;
        try
        {
            return JsoncEditor.Remove(text, TokenInput.Section, TokenInput.Of(name).Id, isList: true) ?? text;
        }
        catch (JsonException)
        {
            // Something else has this name in the file of another client.
            return text;
        }
    }

    private static T Reading<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (JsonException exception)
        {
            throw new ClientTextException(
                "JSON with comments",
                exception.LineNumber + 1,
                exception.BytePositionInLine + 1,
                exception.Message
            );
        }
    }
}
