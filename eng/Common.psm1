#Requires -Version 7.6

# What the steps of a release share. Each step writes to one folder of the output and can be run alone.

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$root = Split-Path $PSScriptRoot
$projects = @{ console = 'src/McpRuntime.Stdio'; gateway = 'src/McpRuntime.Http' }
$commands = @{ console = 'mcp-runtime'; gateway = 'mcp-runtime-http' }

<#
.SYNOPSIS
    What the publisher filled in: Owner, Repository, Site, RegistryName, Containers, SecurityContact and ConductContact
    of eng/Publisher.props.
#>
function Get-Publisher([string] $Root = $script:root) {
    $values = ([xml](Get-Content -Raw (Join-Path -Path $Root -ChildPath 'eng/Publisher.props'))).Project.PropertyGroup
    $publisher = [ordered]@{}
    foreach ($value in $values.ChildNodes.Where({ $_.NodeType -eq 'Element' })) {
        $publisher[$value.LocalName -replace '^Publisher'] = $value.InnerText
    }
    [pscustomobject]$publisher
}

<#
.SYNOPSIS
    The version of the release, from McpRuntime.psd1.
#>
function Get-ReleaseVersion {
    (Import-PowerShellDataFile (Join-Path $root 'McpRuntime.psd1')).ModuleVersion
}

<#
.SYNOPSIS
    The project of the console or the gateway, from the root.
#>
function Get-ProgramProject([string] $Program) { $projects[$Program] }

<#
.SYNOPSIS
    The command of the console or the gateway, by which its artefacts are called.
#>
function Get-ProgramCommand([string] $Program) { $commands[$Program] }

<#
.SYNOPSIS
    A text of eng/templates with what the publisher filled in, the version, and values of the caller, for {{NAME}}.
#>
function Expand-Template([string] $Name, [hashtable] $Values = @{}) {
    $publisher = Get-Publisher
    $known = @{
        VERSION       = Get-ReleaseVersion
        REPOSITORY    = $publisher.Repository
        SITE          = $publisher.Site
        REGISTRY_NAME = $publisher.RegistryName
    } + $Values
    $template = Get-Content -Raw (Join-Path -Path $PSScriptRoot -ChildPath "templates/$Name")
    [regex]::Replace($template, '\{\{(\w+)\}\}', {
            param($match)
            $known[$match.Groups[1].Value] ?? $(throw "eng/templates/$Name has $match, which has no value.")
        })
}

<#
.SYNOPSIS
    The platforms of a release, or with -Current this one.
#>
function Get-ReleaseRid([switch] $Current) {
    if ($Current) { return [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier }
    'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'linux-musl-x64', 'osx-x64', 'osx-arm64'
}

<#
.SYNOPSIS
    Runs the .NET SDK. False if packs of the platform cannot be restored here, which -Strict makes an error.
#>
function Invoke-Dotnet([string[]] $Arguments, [string] $For, [switch] $Strict) {
    $PSNativeCommandUseErrorActionPreference = $false
    $log = dotnet @Arguments --nologo --verbosity quiet 2>&1
    if ($LASTEXITCODE -eq 0) { return $true }
    if (-not $Strict -and $For -and ($log -match 'NU1101|NU1102')) {
        Write-Warning "Left out ${For}: its compiler or runtime pack does not restore here."
        return $false
    }
    throw "dotnet $Arguments failed:`n$($log -join "`n")"
}

<#
.SYNOPSIS
    Publishes the console or the gateway for a platform, ahead-of-time compiled, once for all steps, and returns its
    folder: PUBLISH/RID/console, PUBLISH/RID/gateway, or with .NET inside PUBLISH/RID/console-self-contained. Nothing
    if packs of the platform cannot be restored here.
#>
function Publish-Program {
    param(
        [Parameter(Mandatory)] [ValidateSet('console', 'gateway')] [string] $Program,
        [Parameter(Mandatory)] [string] $Rid,
        [Parameter(Mandatory)] [string] $Output,
        [switch] $SelfContained,
        [switch] $Strict
    )
    $name = $SelfContained ? "$Program-self-contained" : $Program
    $folder = Join-Path -Path $Output -ChildPath "publish/$Rid/$name"
    # The stamp is written last: what was cut off is published again. It names the sources that it was made from.
    $stamp = "$folder.stamp"
    $sources = Get-SourceStamp
    if ((Test-Path $stamp) -and (Get-Content -Raw $stamp) -eq $sources) { return $folder }
    if (Test-Path $folder) { Remove-Item -Recurse -Force $folder }
    $arguments = 'publish', (Join-Path $root $projects[$Program]), '--configuration', 'Release', '--runtime', $Rid,
        '--self-contained', "$([bool]$SelfContained)".ToLowerInvariant(), '--output', $folder
    if (-not (Invoke-Dotnet $arguments -For "$name for $Rid" -Strict:$Strict)) { return }
    Set-Content -LiteralPath $stamp -Value $sources -NoNewline
    $folder
}

# The state of the checkout: its commit and every change since.
function Get-SourceStamp {
    $changes = git -C $root status --porcelain --untracked-files=all | ForEach-Object {
        $path = Join-Path $root $_.Substring(3).Trim('"')
        if (Test-Path -PathType Leaf $path) { "$_ $([IO.File]::GetLastWriteTimeUtc($path).Ticks)" } else { $_ }
    }
    @(git -C $root rev-parse HEAD) + @($changes) -join "`n"
}

<#
.SYNOPSIS
    The files that lie side by side on the release's page: those that were made, or with -Strict all.
#>
function Get-PageFile([string] $Output, [switch] $Strict) {
    foreach ($folder in 'archives', 'bundle', 'plugin', 'registry', 'sbom') {
        $path = Join-Path $Output $folder
        if ($Strict -or (Test-Path $path)) { Get-ChildItem -File $path }
    }
}

<#
.SYNOPSIS
    An empty folder of the output; what an earlier run left in it is removed.
#>
function New-EmptyFolder([string] $Path) {
    if (Test-Path $Path) { Remove-Item -Recurse -Force $Path }
    (New-Item -ItemType Directory -Force $Path).FullName
}

Export-ModuleMember -Function Get-Publisher, Get-ReleaseVersion, Get-ProgramProject, Get-ProgramCommand, Expand-Template, Get-ReleaseRid, Invoke-Dotnet, Publish-Program, Get-PageFile, New-EmptyFolder
