#Requires -Version 7.6

# What publishing needs beside the artefacts.

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
Import-Module (Join-Path $PSScriptRoot 'Common.psm1')

$root = Split-Path $PSScriptRoot

<#
.SYNOPSIS
    What is missing for a release, as messages: placeholders of the publisher, the changelog of the version, the tag.
#>
function Test-Release([string] $Tag, [string] $Root = $script:root) {
    foreach ($value in (Get-Publisher -Root $Root).PSObject.Properties) {
        if ($value.Value -cmatch '(^|[/.])(OWNER|[A-Z]+-CONTACT)(/|$)') {
            "eng/Publisher.props: Publisher$($value.Name) is the placeholder '$($value.Value)'. Run ./eng/Set-Publisher.ps1."
        }
    }
    $version = (Import-PowerShellDataFile (Join-Path $Root 'McpRuntime.psd1')).ModuleVersion
    $changes = Get-Content -Raw (Join-Path $Root 'CHANGELOG.md')
    if ($changes -notmatch "(?m)^## $([regex]::Escape($version))\b") { "CHANGELOG.md: no section '## $version'." }
    if ($changes -match '(?ms)^## Unreleased\s*^(?!## )\S') { "CHANGELOG.md: 'Unreleased' is not empty. Move it to the section of $version." }
    if ($Tag -and $Tag -cne "v$version") { "The tag is $Tag, and McpRuntime.psd1 has the version ${version}: its tag is v$version." }
}

<#
.SYNOPSIS
    Takes a key for publishing out of the environment, where what is started next would find it.
#>
function Read-PublishingKey([string] $Name, [switch] $Optional) {
    $key = [Environment]::GetEnvironmentVariable($Name)
    [Environment]::SetEnvironmentVariable($Name, $null)
    if (-not $key -and -not $Optional) { throw "The variable $Name is missing. It holds the key for publishing." }
    $key
}

Export-ModuleMember -Function Test-Release, Read-PublishingKey
