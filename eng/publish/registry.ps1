#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Publishes the entry of the MCP Registry that eng/release.ps1 made.
.DESCRIPTION
    The registry's client mcp-publisher is downloaded in the version below, by GitHub's command gh, and must have the
    checksum below. It signs in as the workflow of the repository that owns the name.
.EXAMPLE
    ./eng/publish/registry.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $ClientVersion = '1.8.1',

    # SHA-256 of mcp-publisher_linux_amd64.tar.gz in that version.
    [string] $ClientHash = 'a06c9096dcb9727c13555b6be26c7effa707b01f06a4c561ba7a3635443cf2cc',

    [string] $Output = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version 3.0
$entry = Join-Path -Path $Output -ChildPath 'registry/server.json'
if (-not (Test-Path $entry)) { throw "$entry does not exist. Run ./eng/release.ps1 -All first." }
$name = (Get-Content -Raw $entry | ConvertFrom-Json).name
if (-not $PSCmdlet.ShouldProcess($entry, "Publish $name to the MCP Registry")) { return }
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "mcp-publisher-$([guid]::NewGuid().ToString('n'))")).FullName
try {
    $archive = 'mcp-publisher_linux_amd64.tar.gz'
    gh release download "v$ClientVersion" --repo modelcontextprotocol/registry --dir $folder --pattern $archive
    $hash = (Get-FileHash (Join-Path $folder $archive)).Hash
    if ($hash -ne $ClientHash) { throw "$archive of v$ClientVersion has the SHA-256 $hash, and $ClientHash was expected. It was not started." }
    tar -xzf (Join-Path $folder $archive) -C $folder mcp-publisher
    Push-Location (Split-Path $entry)
    try {
        & (Join-Path $folder 'mcp-publisher') login github-oidc
        & (Join-Path $folder 'mcp-publisher') publish
    }
    finally { Pop-Location }
}
finally { Remove-Item -Recurse -Force $folder }
