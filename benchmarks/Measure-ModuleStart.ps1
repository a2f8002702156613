#Requires -Version 7.6
<#
.SYNOPSIS
    Measures how long the module takes to import, and how soon the line of a VS Code entry answers.
.DESCRIPTION
    Each figure stands beside what it is compared with, in interleaved runs of fresh processes; the medians and their
    differences are what counts. Use a module that ./build.ps1 has staged: its assemblies are compiled ahead of time.
.EXAMPLE
    ./Measure-ModuleStart.ps1 -Module ../out/McpRuntime/0.1.0/McpRuntime.psd1
#>
[CmdletBinding()]
param(
    # The manifest of the module to measure.
    [Parameter(Mandatory)]
    [string] $Module,

    # Interleaved runs of each.
    [ValidateRange(1, 1000)]
    [int] $Runs = 20
)

$ErrorActionPreference = 'Stop'
$path = (Resolve-Path $Module).Path.Replace("'", "''")
$hello = '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}'

function Measure-Start([string] $Line, [switch] $Initialize) {
    $start = [System.Diagnostics.ProcessStartInfo]::new((Join-Path -Path $PSHOME -ChildPath 'pwsh'), [string[]]@('-NoProfile', '-NonInteractive', '-Command', $Line))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $process = [System.Diagnostics.Process]::Start($start)
    if ($Initialize) {
        $process.StandardInput.WriteLine($hello)
        $null = $process.StandardOutput.ReadLine()
        $elapsed = $watch.Elapsed.TotalMilliseconds
        $process.StandardInput.Close()
    }
    $process.WaitForExit()
    if (-not $Initialize) { $elapsed = $watch.Elapsed.TotalMilliseconds }
    $process.Dispose()
    $elapsed
}

$cases = [ordered]@{
    'pwsh -Command 1'                       = { Measure-Start '1' }
    'Import-Module SecretManagement'        = { Measure-Start 'Import-Module Microsoft.PowerShell.SecretManagement' }
    'Import-Module McpRuntime'              = { Measure-Start "Import-Module '$path'" }
    'VS Code line to the initialize answer' = { Measure-Start "Import-Module '$path'; Start-McpRuntime -Transport Stdio -Wait" -Initialize }
}
$times = @{}
foreach ($run in 0..$Runs) {
    foreach ($name in $cases.Keys) {
        $time = & $cases[$name]
        # The first run only warms the file system's cache.
        if ($run -gt 0) { $times[$name] += @($time) }
    }
}

function Get-Median([double[]] $Values) {
    $sorted = $Values | Sort-Object
    $sorted[[int][Math]::Floor($sorted.Count / 2)]
}

foreach ($name in $cases.Keys) {
    [pscustomobject]@{ Case = $name; MedianMs = [Math]::Round((Get-Median $times[$name])); Runs = $Runs }
}
$import = (Get-Median $times['Import-Module McpRuntime']) - (Get-Median $times['Import-Module SecretManagement'])
$answer = (Get-Median $times['VS Code line to the initialize answer']) - (Get-Median $times['pwsh -Command 1'])
[pscustomobject]@{ Case = 'Import above SecretManagement (at most 150)'; MedianMs = [Math]::Round($import); Runs = $Runs }
[pscustomobject]@{ Case = 'Initialize above pwsh (at most 600, aim 400)'; MedianMs = [Math]::Round($answer); Runs = $Runs }
