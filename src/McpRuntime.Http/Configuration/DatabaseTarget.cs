using McpRuntime.Http.Storage;
using Npgsql;

namespace McpRuntime.Http.Configuration;

/// <summary>Which database holds the gateway's state.</summary>
internal abstract class DatabaseTarget
{
    /// <summary>A file of ours.</summary>
    public sealed class Sqlite(string path) : DatabaseTarget
    {
        public string Path => path;

        public override string ToString() => path;
    }

    /// <summary>
    /// A server of the operator's. Its connection string holds a password and is given to the driver alone.
    /// </summary>
    public sealed class Postgres : DatabaseTarget
    {
        private readonly NpgsqlConnectionStringBuilder _connection;

        private Postgres(NpgsqlConnectionStringBuilder connection) => _connection = connection;

        /// <summary>
        /// Reads <c>postgres://user:password@host:port/database?sslmode=…</c>; null for anything else.
        /// </summary>
        public static Postgres? TryParse(string text)
        {
            if (
                !Uri.TryCreate(text, UriKind.Absolute, out var url)
                || url.Scheme is not ("postgres" or "postgresql")
                || url.AbsolutePath.Length < 2
            )
                return null;
            var user = url.UserInfo.Split(':', 2);
            try
            {
                var connection = new NpgsqlConnectionStringBuilder
                {
                    Host = url.Host,
                    Port = url.Port > 0 ? url.Port : 5432,
                    Database = Uri.UnescapeDataString(url.AbsolutePath[1..]),
                    ApplicationName = "mcp-runtime-http",
                    Timeout = 5,
                    CommandTimeout = 10,
                    // Tried first by default, at the cost of a round trip. The image has no libraries of Kerberos.
                    GssEncryptionMode = GssEncryptionMode.Disable,
                };
                if (user[0].Length > 0)
                    connection.Username = Uri.UnescapeDataString(user[0]);
                if (user.Length == 2)
                    connection.Password = Uri.UnescapeDataString(user[1]);
                foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
                {
                    var parts = pair.Split('=', 2);
                    var name = Uri.UnescapeDataString(parts[0]);
                    var value = Uri.UnescapeDataString(parts[^1]);
                    // libpq's names, and its "verify-full" for the driver's "VerifyFull".
                    if (name == "sslmode")
                        connection["SSL Mode"] = value.Replace("-", "", StringComparison.Ordinal);
                    else
                        connection[name == "gssencmode" ? "GSS Encryption Mode" : name] = value;
                }
                return new Postgres(connection);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException)
            {
                return null;
            }
        }

        public NpgsqlDataSource Open() => NpgsqlDataSource.Create(_connection);

        public override string ToString() =>
            $"postgres://***@{_connection.Host}:{_connection.Port}/{_connection.Database}";
    }
}
