#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Builds, tests and packs the module.
.DESCRIPTION
    Build stages the module in out/McpRuntime/VERSION: portable assemblies in bin, and in bin/RID the same assemblies
    compiled ahead of time, for this platform or, with -All, for each platform whose compiler can be restored here.
    Test runs every test of the repository. Package makes out/gallery/McpRuntime.VERSION.nupkg of the staged module,
    which Publish-PSResource -NupkgPath sends to the PowerShell Gallery.

    It needs PowerShell 7.6. Without an installed one: dotnet tool restore; dotnet pwsh ./build.ps1
.EXAMPLE
    ./build.ps1

    Stages the module for this platform.
.EXAMPLE
    ./build.ps1 Build, Package -All

    Makes the package of a release.
.EXAMPLE
    ./build.ps1 -Rid linux-x64, win-x64
#>
[CmdletBinding(DefaultParameterSetName = 'Rid')]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    # Platforms to compile ahead of time for, this one by default; none (@()) builds the portable assemblies only.
    [Parameter(ParameterSetName = 'Rid')]
    [AllowEmptyCollection()]
    [string[]] $Rid = @([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier),

    # Compile ahead of time for all platforms of a release, which takes a multiple of the time.
    [Parameter(Mandatory, ParameterSetName = 'All')]
    [switch] $All,

    # A platform whose compiler cannot be restored here is an error and not a warning.
    [switch] $Strict,

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # The folder to stage and pack in.
    [string] $Output = (Join-Path $PSScriptRoot 'out')
)

# Not by #Requires, whose message does not say how to get that version.
if ($PSVersionTable.PSVersion -lt [version]'7.6') {
    throw "build.ps1 needs PowerShell 7.6 and runs in $($PSVersionTable.PSVersion). Run: dotnet tool restore; dotnet pwsh ./build.ps1"
}

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version 3.0

Import-Module -Scope Local -Force (Join-Path -Path $PSScriptRoot -ChildPath 'eng/Common.psm1'), (Join-Path -Path $PSScriptRoot -ChildPath 'eng/ModulePackage.psm1')

# dotnet runs where the shell is, .NET's own calls may not.
$Output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
$project = Join-Path -Path $PSScriptRoot -ChildPath 'src/McpRuntime.Cmdlets/McpRuntime.Cmdlets.csproj'
$manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'McpRuntime.psd1')
$stage = Join-Path -Path $Output -ChildPath "McpRuntime/$($manifest.ModuleVersion)"
# Compiled ahead of time these would save little (benchmarks/Measure-ModuleStart.ps1) and make the download much larger.
$portableOnly = 'Microsoft.OpenApi.dll', 'System.CommandLine.dll', 'OpenTelemetry*.dll', 'Microsoft.Extensions.Configuration*.dll',
    'Microsoft.Extensions.Diagnostics*.dll', 'Microsoft.Extensions.Options*.dll', 'Microsoft.Extensions.Logging.Configuration.dll',
    'Microsoft.Extensions.AI.Abstractions.dll', 'ModelContextProtocol.Core.dll', 'YamlDotNet.dll', 'Tomlyn.dll', 'Humanizer.dll', 'Polly.Core.dll',
    'Duende.IdentityModel.dll', 'System.Threading.RateLimiting.dll'
# With every platform it took 78 in version 0.1, without win-arm64.
$largestMegabytes = 100

function Build-Module {
    if (Test-Path $stage) { Remove-Item -Recurse -Force $stage }
    $null = Invoke-Dotnet build, $project, '--configuration', $Configuration
    $built = Join-Path -Path (Split-Path $project) -ChildPath "bin/$Configuration/net10.0/module/McpRuntime"
    $null = New-Item -ItemType Directory -Force (Split-Path $stage)
    Copy-Item -Recurse $built $stage
    Set-ModuleMetadata (Join-Path $stage 'McpRuntime.psd1') (Get-Publisher)
    if ($All) { $Rid = 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64' }
    foreach ($platform in $Rid) { Add-CompiledAssembly $platform }
    $size = (Get-ChildItem -Recurse -File $stage | Measure-Object Length -Sum).Sum / 1MB
    Write-Output ('{0}: {1:N1} MB' -f $stage, $size)
    if ($size -gt $largestMegabytes) { throw "The module takes $size MB; at most $largestMegabytes are allowed." }
}

function Add-CompiledAssembly([string] $Platform) {
    $published = Join-Path -Path $Output -ChildPath "publish/$Platform/module"
    $arguments = 'publish', $project, '--configuration', $Configuration, '--runtime', $Platform, '--self-contained', 'false',
        '-p:PublishReadyToRun=true', '--output', $published
    # The portable assemblies serve a platform that is left out.
    if (-not (Invoke-Dotnet $arguments -For "compiled assemblies for $Platform" -Strict:$Strict)) { return }
    $compiled = New-Item -ItemType Directory -Force (Join-Path -Path $stage -ChildPath "bin/$Platform")
    foreach ($portable in Get-ChildItem (Join-Path $stage 'bin') -Filter *.dll) {
        $ahead = Join-Path $published $portable.Name
        $isRare = $portableOnly.Where({ $portable.Name -like $_ }).Count -gt 0
        if (-not $isRare -and (Test-Path $ahead)) { Copy-Item $ahead $compiled }
    }
}

function Test-Module {
    dotnet test $PSScriptRoot --nologo
}

function Export-Package {
    Export-ModulePackage -Stage $stage -Project $project -Output (Join-Path $Output 'gallery')
}

foreach ($step in 'Build', 'Test', 'Package') {
    if ($step -notin $Task) { continue }
    switch ($step) {
        'Build' { Build-Module }
        'Test' { Test-Module }
        'Package' { Export-Package }
    }
}
