using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>
/// The file of <c>-OutFile</c>. It gets its name when the answer is complete; until then there is a temporary one next
/// to it.
/// </summary>
internal sealed class AnswerFile
{
    private readonly bool _replaces;

    private AnswerFile(string path, bool replaces) => (Path, _replaces) = (path, replaces);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>
    /// Checks a path before anything is sent; null, and an error, where no answer can be written there.
    /// </summary>
    /// <param name="cmdlet">Knows the current location, and gets the error.</param>
    /// <param name="path">As the user gave it, without wildcards.</param>
    /// <param name="replaces">A file that exists is replaced.</param>
    public static AnswerFile? Check(PSCmdlet cmdlet, string path, bool replaces)
    {
        if (FilePaths.Literal(cmdlet, path) is not { } full)
            return null;
        if (Directory.Exists(full))
            Refuse(
                cmdlet,
                $"'{full}' is a folder. Name a file in it with -OutFile.",
                ErrorId.PathNotUsable,
                ErrorCategory.InvalidArgument,
                full
            );
        else if (!Directory.Exists(System.IO.Path.GetDirectoryName(full)))
            Refuse(
                cmdlet,
                $"The folder of '{full}' does not exist. Create it first.",
                ErrorId.PathNotFound,
                ErrorCategory.ObjectNotFound,
                full
            );
        else if (File.Exists(full) && !replaces)
            Refuse(
                cmdlet,
                $"'{full}' exists. Use -Force to replace it.",
                ErrorId.FileExists,
                ErrorCategory.ResourceExists,
                full
            );
        else if (File.Exists(full) && IsSpecial(full))
            Refuse(
                cmdlet,
                $"'{full}' is not a regular file, and was not replaced.",
                ErrorId.PathNotUsable,
                ErrorCategory.InvalidArgument,
                full
            );
        else
            return new AnswerFile(full, replaces);
        return null;
    }

    /// <summary>Writes an answer; nothing is left of one that breaks.</summary>
    /// <exception cref="AnswerOutputException">The file cannot be written.</exception>
    public void Write(McpCmdlet cmdlet, Stream body)
    {
        var temporary = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(Path)!,
            $".{System.IO.Path.GetRandomFileName()}.part"
        );
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                AnswerBytes.Copy(cmdlet, body, chunk => file.Write(chunk.Span));
            if (!OperatingSystem.IsWindows() && _replaces && File.Exists(Path))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(Path));
            File.Move(temporary, Path, _replaces);
        }
        catch (Exception failure)
            when (failure is IOException and not EndOfStreamException or UnauthorizedAccessException)
        {
            var exists = !_replaces && File.Exists(Path);
            throw exists
                ? new AnswerOutputException(
                    ErrorId.FileExists,
                    $"'{Path}' was created meanwhile, and was not replaced. Use -Force to replace it."
                )
                : new AnswerOutputException(ErrorId.FileNotWritable, $"'{Path}' cannot be written: {failure.Message}");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A device or a pipe has no length; an empty file of the user's is as empty afterwards, or full.
    private static bool IsSpecial(string path)
    {
        var file = new FileInfo(path);
        return (file.Attributes & FileAttributes.Device) != 0
            || (!OperatingSystem.IsWindows() && path.StartsWith("/dev/", StringComparison.Ordinal));
    }

    private static void Refuse(PSCmdlet cmdlet, string message, string id, ErrorCategory category, string path) =>
        cmdlet.WriteError(new ErrorRecord(new McpRuntimeException(message), id, category, path));
}
