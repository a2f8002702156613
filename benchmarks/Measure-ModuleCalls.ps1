#Requires -Version 7.6
<#
.SYNOPSIS
    Measures what calls from a prompt cost: a loop of Invoke-McpTool beside Invoke-RestMethod, Tab on a tool's name, and a
    fresh pwsh to its first answer; each with 8 tools in the connectors folder and with many.
.DESCRIPTION
    A process of its own answers over loopback. The loops run in one warm session in turns, the fresh processes alternate;
    medians and their ratios are what counts. Use a module that ./build.ps1 has staged: its assemblies are compiled ahead
    of time.
.EXAMPLE
    ./Measure-ModuleCalls.ps1 -Module ../out/McpRuntime/0.1.0/McpRuntime.psd1
.EXAMPLE
    ./Measure-ModuleCalls.ps1 -Module ../out/McpRuntime/0.1.0/McpRuntime.psd1 -Document api.github.com.json -Tool repos_get -Argument 'owner=a', 'repo=b'
#>
[CmdletBinding()]
param(
    # The manifest of the module to measure.
    [Parameter(Mandatory)]
    [string] $Module,

    # Calls of one loop.
    [ValidateRange(1, 100000)]
    [int] $Calls = 200,

    # Turns of each loop.
    [ValidateRange(1, 1000)]
    [int] $Rounds = 7,

    # Alternating fresh processes of each kind; 0 leaves them out.
    [ValidateRange(0, 1000)]
    [int] $Starts = 10,

    # Tools of the large folder, where no document is given.
    [ValidateRange(8, 100000)]
    [int] $Tools = 1253,

    # An OpenAPI document whose tools fill the large folder, beside the 8.
    [string] $Document,

    # A reading tool of the document for the fresh processes, and its arguments as NAME=VALUE.
    [string] $Tool = 'get_thing_7',
    [string[]] $Argument = 'thing_id=7'
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Figures.ps1')
$pwsh = Join-Path -Path $PSHOME -ChildPath 'pwsh'
$path = (Resolve-Path $Module).Path
$folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "mcp-calls-$PID")
$small = New-Item -ItemType Directory (Join-Path $folder 'small')
$large = New-Item -ItemType Directory (Join-Path $folder 'large')

# 8 tools, and as many others as it takes, each with a handful of arguments and a body of shared schemas.
function New-Connector([string] $Name, [string] $Url, [int] $Count) {
    $text = [System.Text.StringBuilder]::new(@"
connector:
  manifest_version: 2
  name: $Name
  version: 1.0.0
  title: Things
  base_url: $Url
  security: []
  definitions:
    label:
      type: object
      properties:
        name: { type: string, description: Name of the label. }
        color: { type: string, pattern: '^[0-9a-f]{6}$' }
      required: [name]
  tools:

"@)
    foreach ($i in 1..$Count) {
        $method = $i % 2 ? 'GET' : 'PATCH'
        $null = $text.Append(@"
  - name: $($method.ToLower())_$($Name)_$i
    title: Works on $Name $i
    description: Works on the $Name of one kind, number $i, as a description of the usual length says in some more words.
    endpoint: $method /$Name/$i/{$($Name)_id}
    arguments:
      $($Name)_id: { in: path, name: $($Name)_id }
      dry_run: { in: query, name: dry_run }
      page: { in: query, name: page }
$(if ($method -eq 'PATCH') { "      title: { in: body, name: title }`n      labels: { in: body, name: labels }`n    body: { content_type: application/json }" })
    input_schema:
      type: object
      properties:
        $($Name)_id: { type: integer, minimum: 1, description: The number that identifies it. }
        dry_run: { type: boolean, default: false }
        page: { type: integer, description: The page of the results. }
$(if ($method -eq 'PATCH') { "        title: { type: string, maxLength: 256 }`n        labels: { type: array, items: { `$ref: '#/definitions/label' }, description: Labels to set. }" })
      required: [$($Name)_id]

"@)
    }
    $text.ToString()
}

$session = @'
param($Module, $Url, $Small, $Large, $Calls, $Rounds, $Prefix)
$ErrorActionPreference = 'Stop'
Import-Module $Module
function Measure-Loop([scriptblock] $Body) {
    $cpu = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    & $Body
    $elapsed = $watch.Elapsed.TotalMilliseconds
    [pscustomobject]@{ Ms = $elapsed / $Calls; Cpu = ([System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $cpu).TotalMilliseconds / $Calls }
}
$loops = [ordered]@{
    rest  = { for ($i = 0; $i -lt $Calls; $i++) { $null = Invoke-RestMethod "$Url/pet/1/7?dry_run=false" } }
    small = { $env:MCP_RUNTIME_CONNECTORS_DIR = $Small; for ($i = 0; $i -lt $Calls; $i++) { $null = Invoke-McpTool get_pet_1 -pet_id 7 } }
    large = { $env:MCP_RUNTIME_CONNECTORS_DIR = $Large; for ($i = 0; $i -lt $Calls; $i++) { $null = Invoke-McpTool get_pet_1 -pet_id 7 } }
}
# Warm: until the runtime compiles next to nothing any more. It compiles beside the loops, which would pay for one another.
foreach ($turn in 1..50) {
    $before = [System.Runtime.JitInfo]::GetCompiledMethodCount()
    foreach ($body in $loops.Values) { & $body }
    if ([System.Runtime.JitInfo]::GetCompiledMethodCount() - $before -lt 20) { break }
}
$found = @{}
foreach ($round in 1..$Rounds) { foreach ($name in $loops.Keys) { $found[$name] += @(Measure-Loop $loops[$name]) } }
$line = "Invoke-McpTool $Prefix"
$tabs = foreach ($i in 1..10) { $watch = [System.Diagnostics.Stopwatch]::StartNew(); $count = (TabExpansion2 $line $line.Length).CompletionMatches.Count; $watch.Elapsed.TotalMilliseconds }
if ($count -lt 100) { throw "Tab found $count tools." }
@{ loops = $found; tabs = $tabs } | ConvertTo-Json -Depth 5 -Compress
'@

function Measure-Start([string] $Folder, [string] $Line) {
    $env:MCP_RUNTIME_CONNECTORS_DIR = $Folder
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $answer = & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$($path.Replace("'", "''"))'; ($Line).name"
    if ("$answer" -ne 'Rex') { throw "'$Line' gave '$answer'." }
    $watch.Elapsed.TotalMilliseconds
}

try {
    Set-Content -LiteralPath (Join-Path $folder 'session.ps1') $session
    $portFile = Join-Path $folder 'port'
    $serving = [System.Diagnostics.Process]::Start($pwsh, [string[]]@('-NoProfile', '-File', (Join-Path $PSScriptRoot 'Start-LoopbackApi.ps1'), $portFile))
    while (-not (Get-Content -LiteralPath $portFile -ErrorAction Ignore)) { Start-Sleep -Milliseconds 100 }
    $url = "http://127.0.0.1:$(Get-Content -LiteralPath $portFile)"
    $env:MCP_RUNTIME_DATA_DIR = Join-Path $folder 'data'
    $env:MCP_RUNTIME_CACHE_DIR = Join-Path $folder 'cache'
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    Set-Content -LiteralPath (Join-Path $small 'pet.yaml') (New-Connector pet $url 8)
    Copy-Item (Join-Path $small 'pet.yaml') $large
    $others = Join-Path $large 'others.yaml'
    if ($Document) {
        Import-Module $path
        $null = Import-McpConnector $Document -Name others -Destination $others -BaseUrl $url -WarningAction Ignore
    }
    elseif ($Tools -gt 8) {
        Set-Content -LiteralPath $others (New-Connector thing $url ($Tools - 8))
    }

    $found = & $pwsh -NoProfile -NonInteractive -File (Join-Path $folder 'session.ps1') $path $url $small $large $Calls $Rounds ($Tool -replace '_.*', '_') | ConvertFrom-Json
    $rest = Get-Median $found.loops.rest.Ms
    $restCpu = Get-Median $found.loops.rest.Cpu
    Write-Figure 'Invoke-RestMethod, ms a call' $rest
    foreach ($one in @(@('small', '8 tools', 2.5), @('large', 'all tools', 3))) {
        $median = Get-Median $found.loops.($one[0]).Ms
        $cpu = Get-Median $found.loops.($one[0]).Cpu
        Write-Figure "Invoke-McpTool with $($one[1]), ms a call" $median
        Write-Figure "Invoke-McpTool with $($one[1]), times Invoke-RestMethod" ($median / $rest) "at most $($one[2])"
        Write-Figure "Invoke-McpTool with $($one[1]), processor time, times Invoke-RestMethod" ($cpu / $restCpu)
    }
    Write-Figure 'Tab on a name with all tools, ms' (Get-Median $found.tabs) 'below 100'

    if ($Starts -gt 0) {
        $line = "Invoke-McpTool $Tool " + (@($Argument).ForEach({ $name, $value = $_ -split '=', 2; "-$name '$value'" }) -join ' ')
        $times = @{}
        foreach ($run in 0..$Starts) {
            foreach ($kind in @('small', 'large')) {
                $time = $kind -eq 'small' ? (Measure-Start $small 'Invoke-McpTool get_pet_1 -pet_id 7') : (Measure-Start $large $line)
                # The first run warms the file system's cache, and makes what is kept of the manifests.
                if ($run -gt 0) { $times[$kind] += @($time) }
            }
        }
        $few = Get-Median $times.small
        $all = Get-Median $times.large
        Write-Figure 'Fresh pwsh to the first answer with 8 tools, ms' $few
        Write-Figure 'Fresh pwsh to the first answer of one of all tools, ms' $all
        Write-Figure 'Fresh pwsh to the first answer, all tools to 8' ($all / $few) 'at most 1.3'
    }
    if (Test-Path /proc/loadavg) { Write-Figure 'Load of the machine' ((Get-Content /proc/loadavg) -split ' ')[0] }
}
finally {
    if ($serving) { $serving.Kill() }
    Remove-Item -LiteralPath $folder -Recurse -Force
}
