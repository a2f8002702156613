using System.Runtime.InteropServices;

namespace McpRuntime.Credentials.Stores.Native;

/// <summary>
/// The functions of libsecret 0.19 and later that take attributes as a table: those with a variable number of
/// arguments cannot be called portably. Each call blocks while the user is asked to unlock the keyring.
/// </summary>
internal static partial class LibSecret
{
    public const int OpenSession = 2;
    private const string Secrets = "libsecret-1.so.0";
    private const string Glib = "libglib-2.0.so.0";
    private const string GObject = "libgobject-2.0.so.0";
    private const string Gio = "libgio-2.0.so.0";

    private static readonly Lazy<(nint Hash, nint Equal)> OfText = new(static () =>
    {
        var glib = NativeLibrary.Load(Glib);
        return (NativeLibrary.GetExport(glib, "g_str_hash"), NativeLibrary.GetExport(glib, "g_str_equal"));
    });

    /// <summary>A table of texts that it does not own.</summary>
    public static nint NewTable() => NewTable(OfText.Value.Hash, OfText.Value.Equal);

    /// <summary>What an error says; the error is freed.</summary>
    public static unsafe string Take(nint error)
    {
        // struct GError { guint32 domain; gint code; gchar *message; }
        var text = Marshal.PtrToStringUTF8(((nint*)error)[1]) ?? "";
        FreeError(error);
        return text;
    }

    [LibraryImport(Secrets, EntryPoint = "secret_service_get_sync")]
    public static partial nint GetService(int flags, nint cancellable, out nint error);

    [LibraryImport(Secrets, EntryPoint = "secret_schema_newv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewSchema(string name, int flags, nint attributeTypes);

    [LibraryImport(Secrets, EntryPoint = "secret_schema_unref")]
    public static partial void FreeSchema(nint schema);

    [LibraryImport(Secrets, EntryPoint = "secret_value_new", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial nint NewValue(byte* content, nint length, string contentType);

    [LibraryImport(Secrets, EntryPoint = "secret_value_get")]
    public static unsafe partial byte* Content(nint value, out nuint length);

    [LibraryImport(Secrets, EntryPoint = "secret_value_unref")]
    public static partial void FreeValue(nint value);

    [LibraryImport(Secrets, EntryPoint = "secret_password_lookupv_binary_sync")]
    public static partial nint Find(nint schema, nint attributes, nint cancellable, out nint error);

    [LibraryImport(
        Secrets,
        EntryPoint = "secret_password_storev_binary_sync",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial int Store(
        nint schema,
        nint attributes,
        string? collection,
        string label,
        nint value,
        nint cancellable,
        out nint error
    );

    [LibraryImport(Secrets, EntryPoint = "secret_password_clearv_sync")]
    public static partial int Clear(nint schema, nint attributes, nint cancellable, out nint error);

    [LibraryImport(Glib, EntryPoint = "g_hash_table_insert")]
    public static partial int Insert(nint table, nint key, nint value);

    [LibraryImport(Glib, EntryPoint = "g_hash_table_unref")]
    public static partial void FreeTable(nint table);

    [LibraryImport(Gio, EntryPoint = "g_cancellable_new")]
    public static partial nint NewCancellable();

    [LibraryImport(Gio, EntryPoint = "g_cancellable_cancel")]
    public static partial void Cancel(nint cancellable);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    public static partial void Free(nint value);

    [LibraryImport(Glib, EntryPoint = "g_hash_table_new")]
    private static partial nint NewTable(nint hash, nint equal);

    [LibraryImport(Glib, EntryPoint = "g_error_free")]
    private static partial void FreeError(nint error);
}
