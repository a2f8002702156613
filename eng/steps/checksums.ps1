<#
.SYNOPSIS
    SHA256SUMS over what was made, for sha256sum -c: files of the release's page by their names, and others below their
    folder, since a package or an image has the name of another file.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Common.psm1')

$files = [ordered]@{}
foreach ($file in Get-PageFile $Output) { $files[$file.Name] = $file }
foreach ($folder in 'containers', 'nuget', 'gallery') {
    $path = Join-Path $Output $folder
    if (Test-Path $path) { foreach ($file in Get-ChildItem -File $path) { $files["$folder/$($file.Name)"] = $file } }
}
if ($files.Count -eq 0) { throw "Nothing to sum up in ${Output}: run the other steps first." }
$names = [string[]]@($files.Keys)
[Array]::Sort($names, [StringComparer]::Ordinal)
$lines = $names.ForEach({ '{0}  {1}' -f (Get-FileHash -Algorithm SHA256 $files[$_]).Hash.ToLowerInvariant(), $_ })
Set-Content -LiteralPath (Join-Path $Output 'SHA256SUMS') -Value (($lines -join "`n") + "`n") -NoNewline
