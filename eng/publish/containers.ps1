#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Pushes the images that eng/release.ps1 made and tested, as they are: one for each platform behind one name.
.DESCRIPTION
    Tags are VERSION and latest. It needs podman, signed in to the registry (podman login --password-stdin).
.EXAMPLE
    ./eng/publish/containers.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # Registry and folder; by default that of eng/Publisher.props.
    [string] $Registry,

    # Registries on loopback have no certificate.
    [switch] $WithoutTls,

    [string] $Output = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version 3.0
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'Common.psm1') -Force
$version = Get-ReleaseVersion
if (-not $Registry) { $Registry = (Get-Publisher).Containers }

foreach ($name in 'mcp-runtime', 'mcp-runtime-http') {
    $images = @(Get-ChildItem (Join-Path $Output 'containers') -Filter "$name-$version-*.tar" -ErrorAction Ignore)
    if ($images.Count -eq 0) { throw "$Output/containers has no image of $name $version. Run ./eng/release.ps1 -All first." }
    if (-not $PSCmdlet.ShouldProcess("$Registry/${name}: $version, latest", "Push $($images.Name -join ', ')")) { continue }
    $list = "$name-$([guid]::NewGuid().ToString('n'))"
    $null = podman manifest create $list
    try {
        foreach ($image in $images) { $null = podman manifest add $list "docker-archive:$($image.FullName)" }
        foreach ($tag in $version, 'latest') {
            podman manifest push --quiet --all "--tls-verify=$(-not $WithoutTls)" $list "docker://$Registry/${name}:$tag"
        }
    }
    finally { $null = podman manifest rm $list }
    "$Registry/${name}: pushed $version and latest"
}
