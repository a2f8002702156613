#Requires -Version 7.6
<#
.SYNOPSIS
    Measures how long the module takes to import beside an empty binary module, and how soon the line of a VS Code entry answers.
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
    [int] $Runs = 20,

    # The module's package, to tell its size.
    [string] $Package
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Figures.ps1')
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
    if (-not $Initialize -and $process.ExitCode -ne 0) { throw "'$Line' failed: $($process.StandardError.ReadToEnd())" }
    $process.Dispose()
    $elapsed
}

# A cmdlet that does nothing, in an assembly of its own with a manifest, as modules have one.
$folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "mcp-start-$PID")
$empty = (Join-Path $folder 'Empty.psd1').Replace("'", "''")
New-ModuleManifest -Path $empty -RootModule 'Empty.dll' -CmdletsToExport 'Get-Nothing' -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @()
Add-Type -OutputAssembly (Join-Path $folder 'Empty.dll') -TypeDefinition 'using System.Management.Automation; [Cmdlet("Get", "Nothing")] public sealed class GetNothing : PSCmdlet { }'

$cases = [ordered]@{
    'pwsh -Command 1'                       = { Measure-Start '1' }
    'Import-Module of an empty module'      = { Measure-Start "Import-Module '$empty'" }
    'Import-Module McpRuntime'              = { Measure-Start "Import-Module '$path'" }
    'VS Code line to the initialize answer' = { Measure-Start "Import-Module '$path'; Start-McpRuntime -Transport Stdio -Wait" -Initialize }
}
$times = @{}
try {
    foreach ($run in 0..$Runs) {
        foreach ($name in $cases.Keys) {
            $time = & $cases[$name]
            # The first run only warms the file system's cache.
            if ($run -gt 0) { $times[$name] += @($time) }
        }
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

function Write-Difference([string] $Case, [string] $Than, [string] $Figure) {
    [pscustomobject]@{
        Case = $Figure
        MedianMs = [Math]::Round((Get-Median $times[$Case]) - (Get-Median $times[$Than]))
    }
}

foreach ($name in $cases.Keys) {
    [pscustomobject]@{ Case = $name; MedianMs = [Math]::Round((Get-Median $times[$name])) }
}
Write-Difference 'Import-Module McpRuntime' 'Import-Module of an empty module' 'Import above an empty module (at most 120)'
Write-Difference 'VS Code line to the initialize answer' 'pwsh -Command 1' 'Initialize above pwsh (at most 600, aim 400)'
if (Test-Path /proc/loadavg) { Write-Host "Load of the machine: $((Get-Content /proc/loadavg) -split ' ' | Select-Object -First 3)" }
if ($Package) { Write-Host ('Packed: {0:N1} MB' -f ((Get-Item -LiteralPath $Package).Length / 1MB)) }
