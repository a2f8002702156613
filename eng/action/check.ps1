#Requires -Version 7.2

<#
.SYNOPSIS
    Validates manifests and compares them with the documents of their APIs and with a lock. The exit code is 1 if
    something failed; the reports are SARIF files.
.PARAMETER Program
    The mcp-runtime program.
.PARAMETER Connectors
    Folder of the manifests.
.PARAMETER Manifests
    Files and globs, one a line; empty for all of the folder.
.PARAMETER Lock
    The lock; empty for none.
.PARAMETER FailOn
    Which differences from a document are a failure.
.PARAMETER Sarif
    Folder of the reports.
#>
param(
    [Parameter(Mandatory)] [string] $Program,
    [string] $Connectors = 'connectors',
    [AllowEmptyString()] [string] $Manifests = '',
    [AllowEmptyString()] [string] $Lock = '',
    [ValidateSet('breaking', 'any', 'none')] [string] $FailOn = 'breaking',
    [string] $Sarif = 'mcp-runtime-sarif'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
$null = New-Item -ItemType Directory -Force $Sarif
$script:failed = $false

# Runs a check that writes SARIF, keeps its report and shows each result on a line.
function Invoke-Check([string] $Name, [string[]] $Arguments) {
    $report = Join-Path $Sarif "$Name.sarif"
    $text = & $Program @Arguments --format sarif
    $exitCode = $LASTEXITCODE
    if ($exitCode -ne 0) { $script:failed = $true }
    if (-not $text) {
        Write-Host "${Name}: failed with exit code $exitCode"
        return
    }
    Set-Content -LiteralPath $report -Value $text -Encoding utf8NoBOM
    $results = @(($text | ConvertFrom-Json).runs[0].results)
    Write-Host "${Name}: $($results.Count) results$(if ($exitCode -ne 0) { ', failed' })"
    foreach ($result in $results) {
        $place = $result.locations[0].physicalLocation
        # A document's text is not to write commands of the workflow, which begin a line.
        $message = $result.message.text -replace '[\x00-\x1f\x7f]', ' '
        Write-Host "  $($result.level) $($result.ruleId) $($place.artifactLocation.uri):$($place.region.startLine): $message"
    }
}

$files = @($Manifests -split '\r?\n' | ForEach-Object Trim | Where-Object Length)
if (-not $files) {
    $files = @(Get-ChildItem -LiteralPath $Connectors -Recurse -File | Where-Object Extension -In '.yaml', '.yml', '.json' | ForEach-Object FullName)
}
if (-not $files) {
    Write-Host "There is no manifest in $Connectors."
    exit 1
}
if ($files -match '^-') {
    Write-Host 'The path of a manifest cannot begin with a hyphen; write ./ before it.'
    exit 1
}
Invoke-Check validation (@('validate') + $files)
Invoke-Check drift (@('import', '--check', '--fail-on', $FailOn, '--manifest') + $files)
if ($Lock) { Invoke-Check lock @('lock', $Lock, '--check', '--connectors', $Connectors) }
exit ($script:failed ? 1 : 0)
