#Requires -Version 7.6
<#
.SYNOPSIS
    Measures commands of an API: a fresh pwsh from its start to the first answer of a command that it loads itself, a loop of a
    warm command, and what -Prefix adds to an import.
.DESCRIPTION
    A process of its own answers over loopback. Each figure stands beside its floor: Invoke-RestMethod, with McpRuntime
    imported where a process is fresh. Fresh processes and loops alternate; medians and their ratios are what counts. Use a
    module that ./build.ps1 has staged: its assemblies are compiled ahead of time.
.EXAMPLE
    ./Measure-CommandCalls.ps1 -Module ../out/McpRuntime/0.1.0/McpRuntime.psd1 -Document api.github.com.json -Call 'Get-GhRepo a b'
#>
[CmdletBinding()]
param(
    # The manifest of the module to measure.
    [Parameter(Mandatory)]
    [string] $Module,

    # The OpenAPI document.
    [Parameter(Mandatory)]
    [string] $Document,

    # A command of it that reads, with the prefix Gh, and its arguments.
    [Parameter(Mandatory)]
    [string] $Call,

    # Alternating runs of each kind.
    [ValidateRange(1, 1000)]
    [int] $Runs = 15,

    # Calls of one loop.
    [ValidateRange(1, 100000)]
    [int] $Calls = 200,

    # Alternating imports with and without -Prefix; 0 leaves them out.
    [ValidateRange(0, 1000)]
    [int] $Imports = 5
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Figures.ps1')
$pwsh = Join-Path -Path $PSHOME -ChildPath 'pwsh'
$path = (Resolve-Path $Module).Path
$source = (Resolve-Path $Document).Path
$folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "mcp-command-calls-$PID")
$modules = Join-Path $folder 'modules'

$session = @'
param($Module, $Url, $Call, $Calls, $Rounds)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$command = [scriptblock]::Create("for (`$i = 0; `$i -lt $Calls; `$i++) { `$null = $Call }")
$loops = [ordered]@{
    rest = { for ($i = 0; $i -lt $Calls; $i++) { $null = Invoke-RestMethod "$Url/repos/a/b" } }
    command = $command
}
# Warm: until the runtime compiles next to nothing any more.
foreach ($turn in 1..50) {
    $before = [System.Runtime.JitInfo]::GetCompiledMethodCount()
    foreach ($body in $loops.Values) { & $body }
    if ([System.Runtime.JitInfo]::GetCompiledMethodCount() - $before -lt 20) { break }
}
$found = @{}
foreach ($round in 1..$Rounds) {
    foreach ($name in $loops.Keys) {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        & $loops[$name]
        $found[$name] += @($watch.Elapsed.TotalMilliseconds / $Calls)
    }
}
$found | ConvertTo-Json -Compress
'@

function Measure-Line([string] $Line, [string] $Expected) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $answer = & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $Line"
    $elapsed = $watch.Elapsed.TotalMilliseconds
    if ("$answer" -ne $Expected) { throw "'$Line' gave '$answer'." }
    $elapsed
}

function Measure-Alternating([System.Collections.Specialized.OrderedDictionary] $Lines, [int] $Count, [string] $Expected) {
    $times = @{}
    foreach ($run in 0..$Count) {
        foreach ($name in $Lines.Keys) {
            $time = Measure-Line $Lines[$name] $Expected
            # The first run only warms the file system's cache.
            if ($run -gt 0) { $times[$name] += @($time) }
        }
    }
    $times
}

try {
    Set-Content -LiteralPath (Join-Path $folder 'session.ps1') $session
    $portFile = Join-Path $folder 'port'
    $serving = [System.Diagnostics.Process]::Start($pwsh, [string[]]@('-NoProfile', '-File', (Join-Path $PSScriptRoot 'Start-LoopbackApi.ps1'), $portFile))
    while (-not (Get-Content -LiteralPath $portFile -ErrorAction Ignore)) { Start-Sleep -Milliseconds 100 }
    $url = "http://127.0.0.1:$(Get-Content -LiteralPath $portFile)"
    $env:MCP_RUNTIME_DATA_DIR = Join-Path $folder 'data'
    $env:MCP_RUNTIME_CACHE_DIR = Join-Path $folder 'cache'
    $env:MCP_RUNTIME_CONNECTORS_DIR = Join-Path $folder 'connectors'
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $separator = [System.IO.Path]::PathSeparator
    $env:PSModulePath = $modules + $separator + (Split-Path (Split-Path (Split-Path $path))) + $separator + $env:PSModulePath
    $runtime = "Import-Module '$($path.Replace("'", "''"))'"
    $import = "$runtime; `$null = Import-McpConnector '$($source.Replace("'", "''"))' -Force -BaseUrl $url -WarningAction Ignore"
    $null = Measure-Line "$import -Name commands -Prefix Gh -ModulePath '$modules'; 1" '1'

    $fresh = Measure-Alternating ([ordered]@{
            floor = "$runtime; (Invoke-RestMethod $url/repos/a/b).name"
            command = "($Call).name"
        }) $Runs 'Rex'
    Write-Figure 'Fresh pwsh, McpRuntime and Invoke-RestMethod, ms' (Get-Median $fresh.floor)
    Write-Figure 'Fresh pwsh, first command to its answer, ms' (Get-Median $fresh.command)
    Write-Figure 'First command, times the floor' ((Get-Median $fresh.command) / (Get-Median $fresh.floor)) 'at most 1.3'

    $warm = & $pwsh -NoProfile -NonInteractive -File (Join-Path $folder 'session.ps1') $path $url $Call $Calls $Runs | ConvertFrom-Json
    Write-Figure 'Invoke-RestMethod, ms a call' (Get-Median $warm.rest)
    Write-Figure 'Warm command, ms a call' (Get-Median $warm.command)
    Write-Figure 'Warm command, times Invoke-RestMethod' ((Get-Median $warm.command) / (Get-Median $warm.rest)) 'at most 2.5'

    if ($Imports -gt 0) {
        $importTimes = Measure-Alternating ([ordered]@{
                plain = "$import -Name plain; 1"
                commands = "$import -Name commands -Prefix Gh -ModulePath '$modules'; 1"
            }) $Imports '1'
        Write-Figure 'Import, ms' (Get-Median $importTimes.plain)
        Write-Figure '-Prefix above the import, ms' ((Get-Median $importTimes.commands) - (Get-Median $importTimes.plain)) 'at most 2000'
    }
    if (Test-Path /proc/loadavg) { Write-Figure 'Load of the machine' ((Get-Content /proc/loadavg) -split ' ')[0] }
}
finally {
    if ($serving) { $serving.Kill() }
    Remove-Item -LiteralPath $folder -Recurse -Force
}
