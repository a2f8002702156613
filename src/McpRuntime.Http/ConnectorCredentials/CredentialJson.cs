using System.Text.Json;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>A credential in answers: what it is for and where it may go, never a value or its length.</summary>
internal static class CredentialJson
{
    public static void Write(Utf8JsonWriter writer, CredentialState state)
    {
        writer.WriteStartObject();
        writer.WriteString("connector"u8, state.Slot.Connector);
        writer.WriteString("project"u8, state.Slot.Project);
        CredentialTargets.Write(writer, state.Target);
        writer.WriteString("state"u8, state.State);
        writer.WriteString("source"u8, state.Source);
        writer.WriteString("problem"u8, state.Problem);
        writer.WriteStartObject("origins"u8);
        writer.WriteTexts(
            "bound"u8,
            (state.Binding?.Origins ?? state.ApprovedOrigins).Select(origin => origin.ToString())
        );
        writer.WriteTexts("now"u8, state.Target.Origins.Select(origin => origin.ToString()));
        writer.WriteEndObject();
        writer.WriteStartObject("urls"u8);
        writer.WriteTexts("bound"u8, state.Binding?.Urls ?? []);
        writer.WriteTexts("now"u8, state.Target.Urls);
        writer.WriteEndObject();
        writer.WriteStartObject("scopes"u8);
        writer.WriteTexts("bound"u8, state.Binding?.Scopes ?? []);
        writer.WriteTexts("now"u8, state.Target.Scopes);
        writer.WriteEndObject();
        writer.WriteString("setBy"u8, state.Row?.SetBy);
        if (state.Row is { } row)
            writer.WriteString("setAt"u8, row.SetAt);
        else
            writer.WriteNull("setAt"u8);
        writer.WriteString("howToSet"u8, state.Variables);
        writer.WriteString("etag"u8, state.ETag);
        writer.WriteEndObject();
    }
}
