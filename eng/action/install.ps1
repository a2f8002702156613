#Requires -Version 7.2

<#
.SYNOPSIS
    Installs the McpRuntime tool into a folder and returns the path of its program.
.PARAMETER Version
    Empty for the version of the sources that this script is in.
.PARAMETER Folder
    Where the tool goes; nothing is installed for the user.
.PARAMETER Source
    Folder or URL of the package; empty for the sources that NuGet is configured with.
#>
param(
    [AllowEmptyString()] [ValidatePattern('^[0-9A-Za-z.+-]*$')] [string] $Version = '',
    [Parameter(Mandatory)] [string] $Folder,
    [AllowEmptyString()] [string] $Source = ''
)

$ErrorActionPreference = 'Stop'
if (-not $Version) {
    $Version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../McpRuntime.psd1')).ModuleVersion
}
$arguments = @('tool', 'install', 'McpRuntime', '--version', $Version, '--tool-path', $Folder)
if ($Source) { $arguments += '--add-source', $Source }
dotnet @arguments | Out-Host
if ($LASTEXITCODE -ne 0) { throw "The McpRuntime tool $Version cannot be installed; the lines above say why." }
Join-Path $Folder ($IsWindows ? 'mcp-runtime.exe' : 'mcp-runtime')
