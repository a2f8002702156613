using McpRuntime.Http.Audit;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Writes into the audit what became of a link.</summary>
internal sealed class ConnectAudit(AuditLog audit, TimeProvider time)
{
    private const string Connect = "sign_in.connect";

    public void Connected(HttpContext context, ConnectTicket ticket, string? account) =>
        Add(context, ticket, Connect, "ok", account ?? "");

    public void Refused(HttpContext context, ConnectTicket ticket, string why) =>
        Add(context, ticket, Connect, "refused", why);

    public void Failed(HttpContext context, ConnectTicket ticket, string why) =>
        Add(context, ticket, Connect, "error", why);

    public void Disconnected(HttpContext context, ConnectTicket ticket, string what) =>
        Add(context, ticket, "sign_in.disconnect", "ok", what);

    private void Add(HttpContext context, ConnectTicket ticket, string action, string outcome, string detail) =>
        audit.Add(
            new AuditEntry(
                time.GetUtcNow(),
                ticket.Caller,
                action,
                $"{ticket.Key.Connector} {ticket.Key.Scheme}",
                outcome,
                TimeSpan.Zero,
                context.TraceIdentifier,
                context.Connection.RemoteIpAddress?.ToString() ?? ""
            )
            {
                Project = ticket.Project,
                Detail = detail,
            }
        );
}
