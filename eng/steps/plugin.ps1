<#
.SYNOPSIS
    The plugin for agents with a shell: the folder plugin/mcp-runtime with an MCP server and a skill, and a zip of it.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Common.psm1')
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Archive.psm1')
$root = Split-Path (Split-Path $PSScriptRoot)
$plugin = New-EmptyFolder (Join-Path $Output 'plugin')
$folder = Join-Path $plugin 'mcp-runtime'
$templates = Join-Path $root 'eng/templates/plugin'
foreach ($template in Get-ChildItem -File -Recurse -Force $templates) {
    $name = [IO.Path]::GetRelativePath($templates, $template)
    $path = Join-Path $folder $name
    $null = New-Item -ItemType Directory -Force (Split-Path $path)
    Set-Content -LiteralPath $path -Value (Expand-Template "plugin/$name") -NoNewline
}
Copy-Item (Join-Path $root 'LICENSE') $folder
$files = [ordered]@{}
Add-FolderFile $files $folder
New-Archive (Join-Path $plugin "mcp-runtime-$(Get-ReleaseVersion)-plugin.zip") -File $files -Folder 'mcp-runtime'
