#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Makes the release's page on GitHub, with everything that is downloaded from there.
.DESCRIPTION
    The text is what the changelog says of the version. It needs GitHub's command gh, signed in (GH_TOKEN). The page is
    a draft until all files are there. Run again, it goes on.
.EXAMPLE
    ./eng/publish/page.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Output = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version 3.0
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'Common.psm1') -Force
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'ModulePackage.psm1') -Force
$version = Get-ReleaseVersion
$publisher = Get-Publisher
$files = @((Get-PageFile $Output -Strict).FullName) + (Join-Path $Output 'SHA256SUMS')
$notes = Join-Path $Output 'release-notes.md'
if ($PSCmdlet.ShouldProcess("$($publisher.Repository): v$version", "Make a release of $($files.Count) files")) {
    Set-Content -LiteralPath $notes -Value (Get-ReleaseNote $version $publisher.Site)
    $release = "v$version", '--repo', $publisher.Repository
    $isThere = & {
        $PSNativeCommandUseErrorActionPreference = $false
        gh release view @release *> $null
        $LASTEXITCODE -eq 0
    }
    if (-not $isThere) { gh release create @release --title "McpRuntime $version" --notes-file $notes --verify-tag --draft }
    gh release upload @release @files --clobber
    gh release edit @release --draft=false
}
