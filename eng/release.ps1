#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Makes every artefact of a release in out, and checks each by installing it in an empty place.
.DESCRIPTION
    Makes the .NET tools, the PowerShell module, archives, container images, the bundle for desktop clients, the plugin
    folder, the entry of the MCP Registry, bills of materials and checksums, in this order; each is a script in
    eng/steps. Then it runs tests/McpRuntime.Release.Tests, which install what was made in folders without anything
    else, and call a tool.

    Nothing is published: the scripts in eng/publish do that with the same files.
.EXAMPLE
    ./eng/release.ps1 -DryRun

    Everything for this platform. What cannot be made here (packs that do not restore) is a warning.
.EXAMPLE
    ./eng/release.ps1 -All

    A release: all platforms; what cannot be made is an error.
.EXAMPLE
    ./eng/release.ps1 -DryRun -Step tools, archives
#>
[CmdletBinding(DefaultParameterSetName = 'Rid')]
param(
    # Platforms; this one by default.
    [Parameter(ParameterSetName = 'Rid')]
    [string[]] $Rid,

    [Parameter(Mandatory, ParameterSetName = 'All')]
    [switch] $All,

    # A rehearsal: placeholders of eng/Publisher.props are accepted, and what cannot be restored here is left out with a warning.
    [switch] $DryRun,

    # Only these, in the order of a release.
    [ValidateSet('tools', 'module', 'archives', 'containers', 'bundle', 'plugin', 'registry', 'sbom', 'checksums', 'test')]
    [string[]] $Step = @('tools', 'module', 'archives', 'containers', 'bundle', 'plugin', 'registry', 'sbom', 'checksums', 'test'),

    # Makes the artefacts only; they are tested elsewhere.
    [switch] $WithoutTests,

    # Must be the tag of the version, such as v0.1.0.
    [string] $Tag,

    [string] $Output = (Join-Path (Split-Path $PSScriptRoot) 'out')
)

# Not by #Requires, whose message does not say how to get that version.
if ($PSVersionTable.PSVersion -lt [version]'7.6') {
    throw "release.ps1 needs PowerShell 7.6 and runs in $($PSVersionTable.PSVersion). Run: dotnet tool restore; dotnet pwsh ./eng/release.ps1"
}
Import-Module (Join-Path $PSScriptRoot 'Common.psm1') -Force
Import-Module (Join-Path $PSScriptRoot 'Publishing.psm1') -Force
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$wrong = $DryRun ? @() : @(Test-Release -Tag $Tag)
if ($wrong.Count -gt 0) { throw "This is not ready for a release; -DryRun rehearses it.`n$($wrong -join "`n")" }
$Rid = $All ? (Get-ReleaseRid) : ($Rid ?? (Get-ReleaseRid -Current))
# dotnet test runs in another folder.
$Output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
$order = 'tools', 'module', 'archives', 'containers', 'bundle', 'plugin', 'registry', 'sbom', 'checksums'
$clock = [System.Diagnostics.Stopwatch]::new()
foreach ($name in $order) {
    if ($name -notin $Step) { continue }
    $clock.Restart()
    & (Join-Path -Path $PSScriptRoot -ChildPath "steps/$name.ps1") -Rid $Rid -Output $Output -Strict:(-not $DryRun) |
        ForEach-Object { $_ -is [System.IO.FileInfo] ? ('  {0}, {1:N1} MB' -f $_.Name, ($_.Length / 1MB)) : "  $_" } | Out-Host
    Write-Host ('{0,-10} {1,5:N0} s' -f $name, $clock.Elapsed.TotalSeconds)
}
if ('test' -in $Step -and -not $WithoutTests) {
    $env:RELEASE_OUTPUT = $Output
    try { dotnet test (Join-Path (Split-Path $PSScriptRoot) 'tests/McpRuntime.Release.Tests') --nologo }
    finally { $env:RELEASE_OUTPUT = $null }
}
