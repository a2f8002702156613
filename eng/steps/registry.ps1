<#
.SYNOPSIS
    The entry of the MCP Registry: registry/server.json, with the package, the container image and the bundles that were made.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Common.psm1')
$version = Get-ReleaseVersion
$publisher = Get-Publisher
# What the package itself holds, as the registry wants both to say the same.
$server = Expand-Template server.json | ConvertFrom-Json -AsHashtable
$nuget = $server.packages[0]

$image = [ordered]@{
    registryType     = 'oci'
    identifier       = "$($publisher.Containers)/mcp-runtime:$version"
    runtimeHint      = 'docker'
    transport        = $nuget.transport
    runtimeArguments = @(
        # Not a volume, which Docker would make as root where the folder is missing.
        [ordered]@{
            type        = 'named'
            name        = '--mount'
            description = 'The connectors folder, which the container only reads.'
            value       = 'type=bind,source={connectors},target=/connectors,readonly'
            variables   = @{
                connectors = [ordered]@{
                    description = "Folder of connector manifests, which 'mcp-runtime import' writes."
                    format      = 'filepath'
                    isRequired  = $true
                }
            }
        }
    )
}
$bundles = foreach ($platform in $Rid) {
    $file = Join-Path -Path $Output -ChildPath "bundle/mcp-runtime-$version-$platform.mcpb"
    if (-not (Test-Path $file)) { continue }
    [ordered]@{
        registryType = 'mcpb'
        identifier   = "$($publisher.Repository)/releases/download/v$version/$(Split-Path -Leaf $file)"
        fileSha256   = (Get-FileHash -Algorithm SHA256 $file).Hash.ToLowerInvariant()
        transport    = $nuget.transport
    }
}
$server.packages = @($nuget, $image) + @($bundles)
$folder = New-EmptyFolder (Join-Path $Output 'registry')
Set-Content -LiteralPath (Join-Path $folder 'server.json') -Value ($server | ConvertTo-Json -Depth 10)
