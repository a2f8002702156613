#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Builds, tests and packs the module.
.DESCRIPTION
    Build stages the module in out/McpRuntime/VERSION: portable assemblies in bin, and in bin/RID the same assemblies
    compiled ahead of time, for this platform or, with -All, for each platform whose compiler can be restored here.
    Test runs every test of the repository. Package makes a package of the staged module that Publish-PSResource
    -NupkgPath accepts.

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

$project = Join-Path -Path $PSScriptRoot -ChildPath 'src/McpRuntime.Cmdlets/McpRuntime.Cmdlets.csproj'
$manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'McpRuntime.psd1')
$stage = Join-Path -Path $Output -ChildPath "McpRuntime/$($manifest.ModuleVersion)"
# Compiled ahead of time these would save little (benchmarks/Measure-ModuleStart.ps1) and make the download much larger.
$portableOnly = 'Microsoft.OpenApi.dll', 'System.CommandLine.dll', 'OpenTelemetry*.dll', 'Microsoft.Extensions.Configuration*.dll',
    'Microsoft.Extensions.Diagnostics*.dll', 'Microsoft.Extensions.Options*.dll', 'Microsoft.Extensions.Logging.Configuration.dll',
    'Microsoft.Extensions.AI.Abstractions.dll', 'ModelContextProtocol.Core.dll', 'YamlDotNet.dll', 'Tomlyn.dll', 'Humanizer.dll', 'Polly.Core.dll',
    'Duende.IdentityModel.dll', 'System.Threading.RateLimiting.dll'
$largestMegabytes = 60

function Build-Module {
    if (Test-Path $stage) { Remove-Item -Recurse -Force $stage }
    dotnet build $project --configuration $Configuration --nologo --verbosity quiet
    $built = Join-Path -Path (Split-Path $project) -ChildPath "bin/$Configuration/net10.0/module/McpRuntime"
    $null = New-Item -ItemType Directory -Force (Split-Path $stage)
    Copy-Item -Recurse $built $stage
    if ($All) { $Rid = 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64' }
    foreach ($platform in $Rid) { Add-CompiledAssembly $platform }
    $size = (Get-ChildItem -Recurse -File $stage | Measure-Object Length -Sum).Sum / 1MB
    Write-Output ('{0}: {1:N1} MB' -f $stage, $size)
    if ($size -gt $largestMegabytes) { throw "The module takes $size MB; at most $largestMegabytes are allowed." }
}

function Add-CompiledAssembly([string] $Platform) {
    $published = Join-Path -Path $Output -ChildPath "publish/$Platform"
    $PSNativeCommandUseErrorActionPreference = $false
    $log = dotnet publish $project --configuration $Configuration --runtime $Platform --self-contained false `
        -p:PublishReadyToRun=true --output $published --nologo --verbosity quiet
    if ($LASTEXITCODE -ne 0 -and ($log -match 'NU1101|NU1102')) {
        Write-Warning "No compiled assemblies for ${Platform}: its compiler or runtime pack does not restore here. The portable ones serve it."
        return
    }
    if ($LASTEXITCODE -ne 0) { throw "Compiling for $Platform failed:`n$($log -join "`n")" }
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
    $cmdlets = @($manifest.CmdletsToExport)
    # The tags by which the PowerShell Gallery finds modules by what they hold.
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags + $cmdlets.ForEach({ "PSCmdlet_$_"; "PSCommand_$_" })
    $required = $manifest.PrivateData.PackageDependencies.ForEach({ "<dependency id=""$($_.ModuleName)"" version=""$($_.ModuleVersion)"" />" })
    $nuspec = Join-Path $Output 'McpRuntime.nuspec'
    Set-Content -Path $nuspec -Value @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>McpRuntime</id>
    <version>$($manifest.ModuleVersion)</version>
    <authors>$($manifest.Author)</authors>
    <owners>$($manifest.CompanyName)</owners>
    <license type="expression">MIT</license>
    <projectUrl>$($manifest.PrivateData.PSData.ProjectUri)</projectUrl>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <description>$([Security.SecurityElement]::Escape($manifest.Description))</description>
    <copyright>$([Security.SecurityElement]::Escape($manifest.Copyright))</copyright>
    <tags>$($tags -join ' ')</tags>
    <dependencies>$required</dependencies>
  </metadata>
  <files>
    <file src="**/*" target="" />
  </files>
</package>
"@
    # NuGet's own packer; NU5100 and NU5128 ask for the layout of a library, which a module does not have.
    dotnet pack $project --no-build --configuration $Configuration --output $Output --nologo --verbosity quiet `
        "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$stage" '-p:NoWarn="NU5100;NU5128;NU5110;NU5111"'
    Get-Item (Join-Path $Output "McpRuntime.$($manifest.ModuleVersion).nupkg")
}

foreach ($step in 'Build', 'Test', 'Package') {
    if ($step -notin $Task) { continue }
    switch ($step) {
        'Build' { Build-Module }
        'Test' { Test-Module }
        'Package' { Export-Package }
    }
}
