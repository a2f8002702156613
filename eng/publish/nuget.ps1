#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Pushes the packages of the .NET tools that eng/release.ps1 made and tested, as they are.
.DESCRIPTION
    Packages of a platform are pushed before the one that points to them. What is there already is skipped, so a
    publication that was cut off is run again.

    The key is read from the variable NUGET_API_KEY, which is then removed. It is never part of a command line.
.EXAMPLE
    ./eng/publish/nuget.ps1 -WhatIf

    Lists what would be pushed, and where.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The address of a feed's PackagePublish resource.
    [uri] $Source = 'https://www.nuget.org/api/v2/package',

    [string] $Output = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'Common.psm1') -Force
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'Publishing.psm1') -Force
$version = Get-ReleaseVersion

# https://learn.microsoft.com/nuget/api/package-publish-resource. Not by "dotnet nuget push", which takes the key as an argument.
function Push-Package([System.IO.FileInfo] $Package, [string] $Key) {
    try {
        # Without redirects, which would take the key to another server.
        $answer = Invoke-WebRequest -Method Put -Uri $Source -Headers @{ 'X-NuGet-ApiKey' = $Key } -Form @{ package = $Package } `
            -SkipHttpErrorCheck -MaximumRedirection 0
    }
    catch { throw "$($Package.Name): $Source could not be asked, or sent on to another address: $_" }
    switch ($answer.StatusCode) {
        { $_ -in 201, 202 } { "$($Package.Name): published" }
        409 { "$($Package.Name): is there already" }
        default { throw "$($Package.Name): $Source answered $($answer.StatusCode) $($answer.StatusDescription)" }
    }
}

$packages = @(Get-ChildItem (Join-Path $Output 'nuget') -Filter "*.$version.nupkg" -ErrorAction Ignore)
if ($packages.Count -eq 0) { throw "$Output/nuget has no package of version $version. Run ./eng/release.ps1 -All first." }
$key = Read-PublishingKey NUGET_API_KEY -Optional:$WhatIfPreference
foreach ($package in $packages | Sort-Object { $_.Name -match '^McpRuntime(\.Http)?\.\d' }, Name) {
    if ($PSCmdlet.ShouldProcess($package.FullName, "Push to $Source")) { Push-Package $package $key }
}
