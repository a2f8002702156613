#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Writes who publishes the project, in eng/Publisher.props and wherever the documentation says it.
.DESCRIPTION
    The repository comes with placeholders: OWNER, SECURITY-CONTACT and CONDUCT-CONTACT. This replaces the current
    values, so it can be run again when something moves. With -Owner alone, the other addresses follow from it.
.EXAMPLE
    ./eng/Set-Publisher.ps1 -Owner acme -SecurityContact security@acme.example -ConductContact conduct@acme.example
.EXAMPLE
    ./eng/Set-Publisher.ps1 -Containers registry.acme.example/tools -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # Account or organization on GitHub.
    [ValidatePattern('^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$')]
    [string] $Owner,

    [uri] $Repository,

    # The page of the project.
    [uri] $Site,

    # The name in the MCP Registry: namespace/name.
    [ValidatePattern('^[A-Za-z0-9.-]+/[A-Za-z0-9._-]+$')]
    [string] $RegistryName,

    # Registry and folder of the container images.
    [ValidatePattern('^[a-z0-9.:-]+(/[a-z0-9._-]+)*$', Options = 'None')]
    [string] $Containers,

    [ValidateNotNullOrEmpty()]
    [string] $SecurityContact,

    [ValidateNotNullOrEmpty()]
    [string] $ConductContact,

    # The checkout to change.
    [string] $Root = (Split-Path $PSScriptRoot)
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
Import-Module (Join-Path $PSScriptRoot 'Common.psm1') -Force

# The owner as a part of an address. Registries of images want lower case.
function Get-OwnedValue([string] $Name, [string] $Value, [string] $From) {
    $owner = $Name -eq 'Containers' ? $Owner.ToLowerInvariant() : $Owner
    $Value -ireplace "(?<=^|[/.])$([regex]::Escape($From))(?=/|$)", $owner
}

$old = Get-Publisher -Root $Root
$new = [ordered]@{}
foreach ($property in $old.PSObject.Properties) {
    $value = if ($PSBoundParameters.ContainsKey($property.Name)) { "$($PSBoundParameters[$property.Name])".TrimEnd('/') }
    elseif ($Owner) { Get-OwnedValue -Name $property.Name -Value $property.Value -From $old.Owner }
    else { $property.Value }
    $new[$property.Name] = $value
}

# Longer values first: the owner is part of the others.
$changes = @($old.PSObject.Properties.Name.Where({ $old.$_ -cne $new[$_] -and $_ -ne 'Owner' }) | Sort-Object { -$old.$_.Length })
$texts = 'README.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'CONTRIBUTING.md', 'docs', 'deploy', 'samples', 'eng/Publisher.props'
$files = $texts.ForEach({ Join-Path $Root $_ }).Where({ Test-Path $_ }).ForEach({ Get-ChildItem -Recurse -File -Path $_ }).Where({
        $_.Extension -in '.md', '.yaml', '.yml', '.json', '.txt', '.props' })
foreach ($file in $files) {
    $text = Get-Content -Raw -LiteralPath $file.FullName
    if (-not $text) { continue }
    $changed = $text
    foreach ($name in $changes) { $changed = $changed.Replace($old.$name, $new[$name]) }
    if ($Owner -and $Owner -cne $old.Owner) {
        $changed = $changed.Replace("$($old.Owner)/mcp-runtime", "$Owner/mcp-runtime")
        if ($file.Name -eq 'Publisher.props') {
            $changed = $changed.Replace("<PublisherOwner>$($old.Owner)<", "<PublisherOwner>$Owner<")
        }
    }
    if ($changed -cne $text -and $PSCmdlet.ShouldProcess($file.FullName, 'Write who publishes the project')) {
        Set-Content -NoNewline -LiteralPath $file.FullName -Value $changed
    }
}
