using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Reading;

/// <summary>
/// The members of an Operation Object that say what is sent and what comes back, gathered in one pass; absent ones are
/// undefined.
/// </summary>
internal ref struct OperationMembers
{
    internal JsonElement Summary { get; private set; }

    internal JsonElement Description { get; private set; }

    internal JsonElement RequestBody { get; private set; }

    internal JsonElement Responses { get; private set; }

    internal JsonElement Security { get; private set; }

    internal JsonElement Servers { get; private set; }

    internal static OperationMembers Of(JsonElement operation)
    {
        var members = default(OperationMembers);
        foreach (var member in operation.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            switch (name.Length)
            {
                case 7 when name.SequenceEqual("summary"u8):
                    members.Summary = member.Value;
                    break;
                case 7 when name.SequenceEqual("servers"u8):
                    members.Servers = member.Value;
                    break;
                case 8 when name.SequenceEqual("security"u8):
                    members.Security = member.Value;
                    break;
                case 9 when name.SequenceEqual("responses"u8):
                    members.Responses = member.Value;
                    break;
                case 11 when name.SequenceEqual("description"u8):
                    members.Description = member.Value;
                    break;
                case 11 when name.SequenceEqual("requestBody"u8):
                    members.RequestBody = member.Value;
                    break;
            }
        }
        return members;
    }
}
