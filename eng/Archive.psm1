#Requires -Version 7.6

# Archives that are the same bytes whenever the same files are packed: sorted, without owners, with the time of the commit.

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$root = Split-Path $PSScriptRoot
$readable = [IO.UnixFileMode]'UserRead, UserWrite, GroupRead, OtherRead'
$startable = $readable -bor [IO.UnixFileMode]'UserExecute, GroupExecute, OtherExecute'

<#
.SYNOPSIS
    Packs files into a .tar.gz or, by any other name, a zip archive.
.PARAMETER File
    Names inside the archive and the files to read.
.PARAMETER Folder
    A folder inside the archive that all files are in; none without it.
.PARAMETER Executable
    Names inside the archive that Unix may start.
#>
function New-Archive {
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $File,
        [string] $Folder,
        [string[]] $Executable = @()
    )
    $time = [DateTimeOffset]::FromUnixTimeSeconds([long](git -C $root log -1 --format=%ct))
    $names = [string[]]@($File.Keys)
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $entries = foreach ($name in $names) {
        $inside = ($Folder ? "$Folder/$name" : $name).Replace('\', '/')
        [pscustomobject]@{ Name = $inside; Source = $File[$name]; Mode = $name -in $Executable ? $startable : $readable }
    }
    $stream = [IO.File]::Create($Path)
    try {
        if ($Path -like '*.tar.gz') { Write-Tar $stream $entries $time } else { Write-Zip $stream $entries $time }
    }
    finally { $stream.Dispose() }
    Get-Item $Path
}

<#
.SYNOPSIS
    Adds the files of a folder to those of an archive, by their names in the folder, below another folder or none.
#>
function Add-FolderFile([System.Collections.IDictionary] $File, [string] $Folder, [string] $Below = '') {
    foreach ($found in Get-ChildItem -File -Recurse -Force $Folder) {
        $File["$Below$([IO.Path]::GetRelativePath($Folder, $found))"] = $found.FullName
    }
}

function Write-Tar([IO.Stream] $Stream, [object[]] $Entries, [DateTimeOffset] $Time) {
    $gzip = [IO.Compression.GZipStream]::new($Stream, [IO.Compression.CompressionLevel]::SmallestSize)
    $writer = [Formats.Tar.TarWriter]::new($gzip, [Formats.Tar.TarEntryFormat]::Ustar)
    try {
        foreach ($entry in $Entries) {
            $item = [Formats.Tar.UstarTarEntry]::new([Formats.Tar.TarEntryType]::RegularFile, $entry.Name)
            $item.ModificationTime = $Time
            $item.Mode = $entry.Mode
            $item.DataStream = [IO.File]::OpenRead($entry.Source)
            try { $writer.WriteEntry($item) } finally { $item.DataStream.Dispose() }
        }
    }
    finally {
        $writer.Dispose()
        $gzip.Dispose()
    }
}

function Write-Zip([IO.Stream] $Stream, [object[]] $Entries, [DateTimeOffset] $Time) {
    $archive = [IO.Compression.ZipArchive]::new($Stream, [IO.Compression.ZipArchiveMode]::Create)
    try {
        foreach ($entry in $Entries) {
            $item = $archive.CreateEntry($entry.Name, [IO.Compression.CompressionLevel]::SmallestSize)
            $item.LastWriteTime = $Time
            # A regular file, with the mode in the upper half, as Info-ZIP writes it.
            $item.ExternalAttributes = (0x8000 -bor [int]$entry.Mode) -shl 16
            $source = [IO.File]::OpenRead($entry.Source)
            $target = $item.Open()
            try { $source.CopyTo($target) }
            finally {
                $target.Dispose()
                $source.Dispose()
            }
        }
    }
    finally { $archive.Dispose() }
}

Export-ModuleMember -Function New-Archive, Add-FolderFile
