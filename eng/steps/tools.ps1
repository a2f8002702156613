<#
.SYNOPSIS
    The .NET tools in nuget: of each a package that names the others, one for each platform, compiled ahead of time, and a
    portable one.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Common.psm1')
$root = Split-Path (Split-Path $PSScriptRoot)
$packages = New-EmptyFolder (Join-Path $Output 'nuget')
foreach ($program in 'console', 'gateway') {
    # Packing compiles what publishing has compiled only if it changed, and publishing tells which platforms restore here.
    $platforms = $Rid.Where({ Publish-Program $program -Rid $_ -Output $Output -Strict:$Strict })
    $null = Invoke-Dotnet 'pack', (Join-Path $root (Get-ProgramProject $program)), '--configuration', 'Release',
        '--output', $packages, "-p:ToolPlatforms=$($platforms -join '%3B')"
}
Get-ChildItem $packages
