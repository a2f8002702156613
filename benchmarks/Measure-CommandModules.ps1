#Requires -Version 7.6
<#
.SYNOPSIS
    Measures the module of a connector's commands: classes in an assembly beside script functions with the same parameters, and functions that have none.
.DESCRIPTION
    All three are made of one module that Import-McpConnector -Prefix has written. Each figure comes from fresh processes,
    interleaved; the medians are shown. Use a module McpRuntime that ./build.ps1 has staged.
.EXAMPLE
    ./Measure-CommandModules.ps1 -Module ../out/McpRuntime/0.1.0/McpRuntime.psd1 -CommandModule ~/.local/share/powershell/Modules/McpRuntime.Github -Command Get-GhRepoIssue
#>
[CmdletBinding()]
param(
    # The manifest of McpRuntime.
    [Parameter(Mandatory)]
    [string] $Module,

    # Folder of the module of commands.
    [Parameter(Mandatory)]
    [string] $CommandModule,

    # One of its commands, for help and completion.
    [Parameter(Mandatory)]
    [string] $Command,

    # Interleaved runs of each.
    [ValidateRange(1, 1000)]
    [int] $Runs = 15
)

$ErrorActionPreference = 'Stop'
$runtime = (Resolve-Path $Module).Path
$source = (Resolve-Path $CommandModule).Path.TrimEnd('/', '\')
$name = Split-Path -Leaf $source
$pwsh = Join-Path -Path $PSHOME -ChildPath 'pwsh'
$folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "mcp-commands-$PID")

# What each process prints: the time and memory of one step after the other.
$steps = @'
$before = [Environment]::WorkingSet
$clock = [Diagnostics.Stopwatch]::StartNew()
Import-Module RUNTIME
$runtime = $clock.Elapsed.TotalMilliseconds
$between = [Environment]::WorkingSet; $clock.Restart()
Import-Module (Join-Path $env:PSModulePath.Split([IO.Path]::PathSeparator).Where({ Test-Path (Join-Path $_ NAME) })[0] NAME NAME.psd1)
$import = $clock.Elapsed.TotalMilliseconds
$after = [Environment]::WorkingSet; $clock.Restart()
if ((Get-Module NAME).Path -notlike 'FOLDER*') { throw 'Another module was imported.' }
$clock.Restart()
$null = @(Get-Command -Module NAME).Count
$list = $clock.Elapsed.TotalMilliseconds; $clock.Restart()
$null = TabExpansion2 'COMMAND -' 99 -ErrorAction Ignore
$complete = $clock.Elapsed.TotalMilliseconds; $clock.Restart()
$null = Get-Help COMMAND -Full | Out-String
$help = $clock.Elapsed.TotalMilliseconds
[ordered]@{
    'import of McpRuntime, ms' = $runtime
    'import of the commands, ms' = $import
    'Get-Command -Module, ms' = $list
    'completion of parameters, ms' = $complete
    'Get-Help of a command, ms' = $help
    'memory of the commands, MB' = ($after - $between) / 1MB
} | ConvertTo-Json
'@

function Invoke-Step([string] $ModulePath) {
    $text = $steps.Replace('RUNTIME', "'$($runtime.Replace("'", "''"))'").Replace('NAME', $name).Replace('FOLDER', $ModulePath).Replace('COMMAND', $Command).Replace('99', "$($Command.Length + 2)")
    $start = [System.Diagnostics.ProcessStartInfo]::new($pwsh, [string[]]@('-NoProfile', '-NonInteractive', '-Command', $text))
    $start.RedirectStandardOutput = $true
    # The user's modules, where the measured one may be, come first otherwise.
    $start.Environment['XDG_DATA_HOME'] = $folder.FullName
    $start.Environment['PSModulePath'] = $ModulePath + [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $runtime))
    $process = [System.Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "The module in '$ModulePath' failed." }
    $process.Dispose()
    $output | ConvertFrom-Json -AsHashtable
}

function Write-ScriptModule([string] $Kind, [string] $Text, [string[]] $Names) {
    $target = New-Item -ItemType Directory (Join-Path $folder $Kind $name)
    Set-Content -LiteralPath (Join-Path $target "$name.psm1") -Value $Text
    $arguments = @{
        Path = Join-Path $target "$name.psd1"; RootModule = "$name.psm1"; FunctionsToExport = $Names
        CmdletsToExport = @(); AliasesToExport = @(); VariablesToExport = @()
    }
    New-ModuleManifest @arguments -RequiredModules @{ ModuleName = 'McpRuntime'; ModuleVersion = '0.0.1' }
    Split-Path $target
}

$describe = @'
Import-Module RUNTIME; Import-Module NAME
foreach ($command in Get-Command -Module NAME) {
    $data = [System.Management.Automation.CommandMetadata]::new($command)
    $binding = [System.Management.Automation.ProxyCommand]::GetCmdletBindingAttribute($data)
    # The transformations of the classes have no counterpart in script.
    $block = [System.Management.Automation.ProxyCommand]::GetParamBlock($data) -replace '\[(McpRuntime|Api)[^\]]*\]'
    "function $($command.Name) {`n$binding`nparam(`n$block)`nprocess { `$PSCmdlet.ParameterSetName }`n}"
}
'@
try {
    $env:PSModulePath = (Split-Path $source) + [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $runtime))
    $text = & $pwsh -NoProfile -NonInteractive -Command $describe.Replace('RUNTIME', "'$($runtime.Replace("'", "''"))'").Replace('NAME', $name)
    $names = @((Import-PowerShellDataFile (Join-Path $source "$name.psd1")).CmdletsToExport)
    $paths = [ordered]@{
        'classes' = Split-Path $source
        'functions' = Write-ScriptModule 'functions' ($text -join "`n") $names
        'empty functions' = Write-ScriptModule 'empty' ($names.ForEach({ "function $_ {}" }) -join "`n") $names
    }
    $times = @{}
    foreach ($run in 0..$Runs) {
        foreach ($kind in $paths.Keys) {
            $result = Invoke-Step $paths[$kind]
            # The first run only warms the file system's cache.
            if ($run -eq 0) { $figures = @($result.Keys); continue }
            foreach ($figure in $result.Keys) { $times["$figure $kind"] += @([double]$result[$figure]) }
        }
    }
    foreach ($figure in $figures) {
        $row = [ordered]@{ Figure = $figure }
        foreach ($kind in $paths.Keys) {
            $sorted = @($times["$figure $kind"] | Sort-Object)
            $row[$kind] = [Math]::Round($sorted[[int][Math]::Floor($sorted.Count / 2)], 1)
        }
        [pscustomobject]$row
    }
    Write-Host "$($names.Count) commands, $((Get-ChildItem $source -Recurse -File | Measure-Object Length -Sum).Sum / 1KB -as [int]) KB as classes, $((Get-ChildItem $paths['functions'] -Recurse -File | Measure-Object Length -Sum).Sum / 1KB -as [int]) KB as functions."
    if (Test-Path /proc/loadavg) { Write-Host "Load of the machine: $((Get-Content /proc/loadavg) -split ' ' | Select-Object -First 3)" }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}
