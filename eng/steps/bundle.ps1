<#
.SYNOPSIS
    Bundles for desktop clients (MCPB): bundle/mcp-runtime-VERSION-RID.mcpb, each with the console and .NET for one
    platform.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Common.psm1')
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Archive.psm1')
$root = Split-Path (Split-Path $PSScriptRoot)
$bundles = New-EmptyFolder (Join-Path $Output 'bundle')
# Desktop clients do not run on musl.
foreach ($platform in $Rid -notlike '*musl*') {
    $folder = Publish-Program console -Rid $platform -Output $Output -SelfContained -Strict:$Strict
    if (-not $folder) { continue }
    $system = switch -Wildcard ($platform) { 'win-*' { 'win32' } 'osx-*' { 'darwin' } default { 'linux' } }
    $program = $system -eq 'win32' ? 'mcp-runtime.exe' : 'mcp-runtime'
    $manifest = "$folder.manifest.json"
    Set-Content -LiteralPath $manifest -Value (Expand-Template 'manifest.json' @{ PLATFORM = $system; PROGRAM = $program }) -NoNewline
    $files = [ordered]@{
        'manifest.json' = $manifest
        'icon.png'      = Join-Path $root 'eng/templates/icon.png'
        'LICENSE'       = Join-Path $root 'LICENSE'
    }
    Add-FolderFile $files $folder -Below 'server/'
    $name = "mcp-runtime-$(Get-ReleaseVersion)-$platform.mcpb"
    New-Archive (Join-Path $bundles $name) -File $files -Executable "server/$program", 'server/createdump'
}
