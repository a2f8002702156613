#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Publishes what eng/release.ps1 made and tested, as it is.
.DESCRIPTION
    Packages of the .NET tools go to NuGet, those of a platform before the one that points to them, and the module goes
    to the PowerShell Gallery. What is there already is skipped, so a publication that was cut off is run again.

    Keys are read from the variables NUGET_API_KEY and GALLERY_API_KEY, which are removed before anything is started;
    they are never part of a command line. Images, the release page and the entry of the MCP Registry have clients of
    their own, which the release workflow calls.
.EXAMPLE
    ./eng/publish.ps1 nuget, gallery -WhatIf

    Lists what would be published, and where.
.EXAMPLE
    ./eng/publish.ps1 gallery
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory, Position = 0)]
    [ValidateSet('nuget', 'gallery')]
    [string[]] $To,

    # Where NuGet packages are pushed to: the address of a service's PackagePublish resource.
    [uri] $NuGetSource = 'https://www.nuget.org/api/v2/package',

    # A registered repository of PSResourceGet.
    [string] $Gallery = 'PSGallery',

    [string] $Output = (Join-Path (Split-Path $PSScriptRoot) 'out')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
Import-Module (Join-Path $PSScriptRoot 'Common.psm1') -Force
$version = Get-ReleaseVersion

function Read-Key([string] $Name) {
    $key = [Environment]::GetEnvironmentVariable($Name)
    [Environment]::SetEnvironmentVariable($Name, $null)
    if (-not $key -and -not $WhatIfPreference) { throw "The variable $Name is missing. It holds the key for publishing." }
    $key
}

# Packages in the order of publication: what the others point to is last.
function Get-ToolPackage {
    $packages = @(Get-ChildItem (Join-Path $Output 'nuget') -Filter "*.$version.nupkg" -ErrorAction Ignore)
    if ($packages.Count -eq 0) { throw "$Output/nuget has no package of version $version. Run ./eng/release.ps1 -All first." }
    $packages | Sort-Object { $_.Name -match '^McpRuntime(\.Http)?\.\d' }, Name
}

# https://learn.microsoft.com/nuget/api/package-publish-resource. Not by "dotnet nuget push", which takes the key as an argument.
function Push-Package([System.IO.FileInfo] $Package, [string] $Key) {
    try {
        # Without redirects, which would take the key to another server.
        $answer = Invoke-WebRequest -Method Put -Uri $NuGetSource -Headers @{ 'X-NuGet-ApiKey' = $Key } -Form @{ package = $Package } `
            -SkipHttpErrorCheck -MaximumRedirection 0
    }
    catch { throw "$($Package.Name): $NuGetSource could not be asked, or sent on to another address: $_" }
    switch ($answer.StatusCode) {
        { $_ -in 201, 202 } { "$($Package.Name): published" }
        409 { "$($Package.Name): is there already" }
        default { throw "$($Package.Name): $NuGetSource answered $($answer.StatusCode) $($answer.StatusDescription)" }
    }
}

if ('nuget' -in $To) {
    $key = Read-Key NUGET_API_KEY
    foreach ($package in Get-ToolPackage) {
        if ($PSCmdlet.ShouldProcess($package.FullName, "Publish to $NuGetSource")) { Push-Package $package $key }
    }
}
if ('gallery' -in $To) {
    $key = Read-Key GALLERY_API_KEY
    $package = Get-Item (Join-Path -Path $Output -ChildPath "gallery/McpRuntime.$version.nupkg")
    $there = Find-PSResource McpRuntime -Version $version -Repository $Gallery -ErrorAction Ignore
    if ($there) { "$($package.Name): is there already" }
    elseif ($PSCmdlet.ShouldProcess($package.FullName, "Publish to $Gallery")) {
        Publish-PSResource -NupkgPath $package -Repository $Gallery -ApiKey $key
        "$($package.Name): published"
    }
}
