#Requires -Version 7.6
<#
.SYNOPSIS
    Measures how much memory and time a long list takes through Invoke-McpTool, and through Invoke-RestMethod beside it.
.DESCRIPTION
    A process of its own serves the list over loopback, about 200 bytes an item. Peak memory is that above the start of the command,
    in a fresh process each; Linux only.
.EXAMPLE
    ./Measure-ModuleAnswers.ps1 -Module ../out/McpRuntime/0.1.0/McpRuntime.psd1
#>
[CmdletBinding()]
param(
    # The manifest of the module to measure.
    [Parameter(Mandatory)]
    [string] $Module,

    # Items of the list, in thousands.
    [ValidateRange(1, 100000)]
    [int] $Thousands = 1000,

    # Leaves out Invoke-RestMethod, which holds the whole list in memory.
    [switch] $ModuleOnly
)

$ErrorActionPreference = 'Stop'
$pwsh = Join-Path -Path $PSHOME -ChildPath 'pwsh'
$folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "mcp-answers-$PID")

$server = @'
param($Thousands, $PortFile)
$listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
$listener.Start()
$item = '{"id":123456,"name":"an item of the list","state":"available","owner":{"login":"someone","id":12},"tags":["a","b"],"price":12.50,"created_at":"2024-03-01T12:00:00Z","text":"' + ('x' * 40) + '"}'
$block = [System.Text.Encoding]::ASCII.GetBytes((, $item * 1000) -join ',')
Set-Content -LiteralPath $PortFile $listener.LocalEndpoint.Port
while ($true) {
    $client = $listener.AcceptTcpClient()
    $stream = $client.GetStream()
    $null = $stream.Read([byte[]]::new(65536))
    $send = { param($Bytes) $stream.Write([System.Text.Encoding]::ASCII.GetBytes("$($Bytes.Length.ToString('x'))`r`n")); $stream.Write($Bytes); $stream.Write([byte[]] (13, 10)) }
    $stream.Write([System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 200 OK`r`nContent-Type: application/json`r`nTransfer-Encoding: chunked`r`n`r`n"))
    & $send ([byte[]] 0x5B)
    for ($i = 0; $i -lt $Thousands; $i++) {
        if ($i) { & $send ([byte[]] 0x2C) }
        & $send $block
    }
    & $send ([byte[]] 0x5D)
    $stream.Write([System.Text.Encoding]::ASCII.GetBytes("0`r`n`r`n"))
    $client.Dispose()
}
'@
$client = @'
param($Module, $Command, $Name)
$ErrorActionPreference = 'Stop'
Import-Module $Module
function Get-PeakMegabytes { [int] ((Get-Content /proc/self/status | Where-Object { $_ -like 'VmHWM:*' }) -replace '\D') / 1024 }
$before = Get-PeakMegabytes
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$count = (Invoke-Expression $Command | Measure-Object).Count
[pscustomobject]@{ Case = $Name; Items = $count; Seconds = [Math]::Round($watch.Elapsed.TotalSeconds, 1); PeakMegabytesAboveStart = [Math]::Round((Get-PeakMegabytes) - $before) } | ConvertTo-Json -Compress
'@
try {
    Set-Content -LiteralPath (Join-Path $folder 'server.ps1') $server
    Set-Content -LiteralPath (Join-Path $folder 'client.ps1') $client
    $portFile = Join-Path $folder 'port'
    $serving = [System.Diagnostics.Process]::Start($pwsh, [string[]]@('-NoProfile', '-File', (Join-Path $folder 'server.ps1'), $Thousands, $portFile))
    while (-not (Get-Content -LiteralPath $portFile -ErrorAction Ignore)) { Start-Sleep -Milliseconds 100 }
    $url = "http://127.0.0.1:$(Get-Content -LiteralPath $portFile)"
    $env:MCP_RUNTIME_CONNECTORS_DIR = $folder
    $env:MCP_RUNTIME_DATA_DIR = Join-Path $folder 'data'
    $env:MCP_RUNTIME_CACHE_DIR = Join-Path $folder 'cache'
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    Set-Content -LiteralPath (Join-Path $folder 'list.yaml') @"
connector:
  manifest_version: 2
  name: list
  version: 1.0.0
  title: List
  base_url: $url
  security: []
  tools:
  - name: list_items
    description: Lists items.
    endpoint: GET /items
    input_schema: { type: object }
"@
    $cases = [ordered]@{ 'Invoke-McpTool (at most 150 MB)' = 'Invoke-McpTool list_items' }
    if (-not $ModuleOnly) { $cases['Invoke-RestMethod'] = "Invoke-RestMethod $url | ForEach-Object { `$_ }" }
    foreach ($name in $cases.Keys) {
        & $pwsh -NoProfile -NonInteractive -File (Join-Path $folder 'client.ps1') (Resolve-Path $Module).Path $cases[$name] $name | ConvertFrom-Json
    }
}
finally {
    if ($serving) { $serving.Kill() }
    Remove-Item -LiteralPath $folder -Recurse -Force
}
