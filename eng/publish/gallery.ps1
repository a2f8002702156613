#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Publishes the module's package that eng/release.ps1 made and tested to the PowerShell Gallery.
.DESCRIPTION
    The key is read from the variable GALLERY_API_KEY, which is then removed. It is never part of a command line. A
    version that is there already is skipped.
.EXAMPLE
    ./eng/publish/gallery.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # A registered repository of PSResourceGet.
    [string] $Repository = 'PSGallery',

    [string] $Output = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'Common.psm1') -Force
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'Publishing.psm1') -Force
$version = Get-ReleaseVersion
$package = Join-Path -Path $Output -ChildPath "gallery/McpRuntime.$version.nupkg"
if (-not (Test-Path $package)) { throw "$package does not exist. Run ./eng/release.ps1 -All first." }
$key = Read-PublishingKey GALLERY_API_KEY -Optional:$WhatIfPreference
if (Find-PSResource McpRuntime -Version $version -Repository $Repository -ErrorAction Ignore) {
    "McpRuntime ${version}: is there already"
}
elseif ($PSCmdlet.ShouldProcess($package, "Publish to $Repository")) {
    Publish-PSResource -NupkgPath $package -Repository $Repository -ApiKey $key
    "McpRuntime ${version}: published"
}
