#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Starts the images that eng/release.ps1 made, and checks what only a container engine can: that they run on their
    base without root, without capabilities and with a read-only file system, and answer.
.EXAMPLE
    ./eng/check-containers.ps1 -Engine podman
#>
[CmdletBinding()]
param(
    [string] $Engine = 'docker',

    # Megabytes that an image may take, unpacked.
    [int] $Limit = 300,

    [string] $Output = (Join-Path (Split-Path $PSScriptRoot) 'out')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version 3.0
Import-Module (Join-Path $PSScriptRoot 'Common.psm1') -Force
$version = Get-ReleaseVersion
$architecture = [System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture.ToString().ToLowerInvariant()
$locked = '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--tmpfs', '/tmp'

function Import-Image([string] $Name) {
    $archive = Join-Path -Path $Output -ChildPath "containers/$Name-$version-linux-$architecture.tar"
    if (-not (Test-Path $archive)) { throw "$archive does not exist. Run ./eng/release.ps1 -All first." }
    # The last line is "Loaded image: NAME:TAG".
    $image = (& $Engine load --input $archive | Select-Object -Last 1) -replace '^Loaded image(\(s\))?: '
    $size = [long](& $Engine image inspect --format '{{.Size}}' $image) / 1MB
    Write-Output ('{0}: {1:N0} MB' -f $image, $size) | Out-Host
    if ($size -gt $Limit) { throw "$image takes $size MB; at most $Limit are allowed." }
    $user = & $Engine image inspect --format '{{.Config.User}}' $image
    if ($user -in '', '0', 'root') { throw "$image runs as root." }
    $image
}

$console = Import-Image 'mcp-runtime'
$told = & $Engine run --rm @locked $console --version
if ($told -notlike "*$version*") { throw "$console says that it is version '$told', and not $version." }

$gateway = Import-Image 'mcp-runtime-http'
# A new volume gets the owner of the image's folder, so that the gateway can write to it.
$container = & $Engine run --detach @locked --volume /app/data $gateway
try {
    $healthy = $false
    $until = [datetime]::UtcNow.AddSeconds(60)
    while (-not $healthy -and [datetime]::UtcNow -lt $until) {
        Start-Sleep -Milliseconds 500
        & { $PSNativeCommandUseErrorActionPreference = $false; & $Engine exec $container /app/mcp-runtime-http health *> $null }
        $healthy = $LASTEXITCODE -eq 0
    }
    if (-not $healthy) { throw "$gateway did not become healthy in 60 seconds:`n$(& $Engine logs $container 2>&1 | Out-String)" }
    Write-Host "${gateway}: healthy"
}
finally { $null = & $Engine rm --force --volumes $container }
