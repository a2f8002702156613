using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Json.Selecting;

namespace McpRuntime.Manifests;

/// <summary>Whose credentials the calls of a connector use; the manifest's <c>credentials</c>.</summary>
public sealed record CredentialChoices
{
    public static CredentialChoices None { get; } = new();

    /// <summary><c>profile</c>: which of several accounts; null for the default one.</summary>
    public string? Profile { get; init; }

    /// <summary>
    /// <c>over_http: per_caller</c>: each caller of a gateway signs in with an account of their own; else all callers
    /// share one.
    /// </summary>
    public bool IsPerCaller { get; init; }

    /// <summary><c>account</c>: what tells whose account a credential is; null for nothing.</summary>
    public AccountQuestion? Account { get; init; }
}

/// <summary>A tool without arguments that tells whose credential it is called with.</summary>
/// <param name="Tool">Name in the manifest.</param>
/// <param name="Select">The part of its answer that names the account, as <c>answer.select</c>.</param>
public sealed record AccountQuestion(string Tool, string Select);

/// <summary>Reads and writes <c>credentials</c>.</summary>
internal static class CredentialChoicesJson
{
    private static readonly string[] Keys = ["profile", "over_http", "account"];
    private static readonly string[] AccountKeys = ["tool", "select"];
    private static readonly string[] Sharing = ["shared", "per_caller"];

    public static CredentialChoices Read(ManifestFields fields, JsonElement value)
    {
        var choices = CredentialChoices.None;
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return choices;
        foreach (var property in value.EnumerateObject())
        {
            switch (fields.At(property))
            {
                case "profile":
                    choices = choices with { Profile = ReadProfile(fields, property.Value) };
                    break;
                case "over_http":
                    choices = choices with { IsPerCaller = fields.Word(property.Value, Sharing) == 1 };
                    break;
                case "account":
                    choices = choices with { Account = ReadAccount(fields, property.Value) };
                    break;
                default:
                    fields.Unknown(property.Name, "'credentials'", Keys);
                    break;
            }
        }
        fields.Leave();
        return choices;
    }

    public static void Write(ManifestJsonWriter writer, CredentialChoices choices)
    {
        if (choices == CredentialChoices.None)
            return;
        writer.Key("credentials");
        writer.BeginObject();
        writer.Member("profile", choices.Profile);
        if (choices.IsPerCaller)
            writer.Member("over_http", Sharing[1]);
        if (choices.Account is { } account)
        {
            writer.Key("account");
            writer.BeginObject();
            writer.Member("tool", account.Tool);
            writer.Member("select", account.Select);
            writer.EndObject();
        }
        writer.EndObject();
    }

    private static AccountQuestion? ReadAccount(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return null;
        foreach (var property in value.EnumerateObject())
        {
            if (!AccountKeys.Contains(fields.At(property), StringComparer.Ordinal))
                fields.Unknown(property.Name, "'account'", AccountKeys);
        }
        var tool = Needed("tool");
        var select = Needed("select");
        if (select.Length > 0 && Selection.Read(select, out _) is { } fault)
            fields.Error(ManifestRules.Value, $"'{select}' cannot be read: {fault}. Write a path as user.email.");
        fields.Leave();
        return new AccountQuestion(tool, select);

        string Needed(string name)
        {
            fields.At(name);
            if (value.TryGetProperty(name, out var member))
                return fields.Needed(member);
            fields.Missing(name, "'account'");
            return "";
        }
    }

    private static string? ReadProfile(ManifestFields fields, JsonElement value)
    {
        var profile = fields.Text(value);
        if (profile is null || ProfileChoice.IsName(profile))
            return profile;
        fields.Error(
            ManifestRules.Value,
            $"'{profile}' is not the name of a profile: 1 to 64 letters, digits, '-', '_', '.' and '@'."
        );
        return null;
    }
}
