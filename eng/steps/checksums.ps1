<#
.SYNOPSIS
    SHA256SUMS over what was made, for sha256sum -c: files of a release by their names, as they lie side by side on its
    page, and packages below the folder of their feed, since two feeds have a package of the same name.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
$lines = foreach ($folder in 'archives', 'bundle', 'containers', 'plugin', 'nuget', 'gallery') {
    $path = Join-Path $Output $folder
    if (-not (Test-Path $path)) { continue }
    $prefix = $folder -in 'nuget', 'gallery' ? "$folder/" : ''
    foreach ($file in Get-ChildItem -File $path | Sort-Object -Culture '' Name) {
        '{0}  {1}{2}' -f (Get-FileHash -Algorithm SHA256 $file).Hash.ToLowerInvariant(), $prefix, $file.Name
    }
}
if (-not $lines) { throw "Nothing to sum up in ${Output}: run the other steps first." }
Set-Content -LiteralPath (Join-Path $Output 'SHA256SUMS') -Value ((@($lines) -join "`n") + "`n") -NoNewline
