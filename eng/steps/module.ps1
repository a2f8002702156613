<#
.SYNOPSIS
    The PowerShell module: McpRuntime/VERSION, staged, and gallery/McpRuntime.VERSION.nupkg.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$root = Split-Path (Split-Path $PSScriptRoot)
# Alpine's PowerShell takes the portable assemblies: a seventh copy would cost every download more than it saves there.
& (Join-Path $root 'build.ps1') Build, Package -Rid $Rid.Where({ $_ -notlike '*musl*' }) -Output $Output -Strict:$Strict
