using System.Text;
using McpRuntime.Calls.Plan;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Request;

/// <summary>
/// Keeps the place of an api_key free. Plans refuse arguments of its name; but an exploded object, a whole query string
/// and an older tool's open schema take their names from the caller.
/// </summary>
internal static class CredentialLocations
{
    public static void Check(CallPlan plan, StringBuilder query, StringBuilder cookies, List<string> problems)
    {
        foreach (var requirement in plan.Security)
        {
            foreach (var scheme in requirement.Schemes.Keys)
            {
                if (
                    plan.Schemes[scheme]
                    is not ApiKeyScheme { Location: ArgumentLocation.Query or ArgumentLocation.Cookie } key
                )
                    continue;
                var inQuery = key.Location == ArgumentLocation.Query;
                if (Holds((inQuery ? query : cookies).ToString(), inQuery ? '&' : ';', key.KeyName))
                    problems.Add(
                        $"A value would take the place of the credential '{scheme}' "
                            + $"({(inQuery ? "query" : "cookie")} '{key.KeyName}'); leave that name out."
                    );
            }
        }
    }

    private static bool Holds(string pairs, char separator, string name)
    {
        foreach (var range in pairs.AsSpan().Split(separator))
        {
            var pair = pairs.AsSpan(range).Trim();
            var end = pair.IndexOf('=');
            if (Uri.UnescapeDataString((end < 0 ? pair : pair[..end]).ToString().Replace('+', ' ')) == name)
                return true;
        }
        return false;
    }
}
