<#
.SYNOPSIS
    Images of the console and the gateway, as archives that docker load and podman load read:
    containers/mcp-runtime-VERSION-RID.tar and containers/mcp-runtime-http-VERSION-RID.tar. Their layers are compressed.
.PARAMETER BaseImage
    What the images are built on: Microsoft's, which the SDK fetches, in a release; in a rehearsal a stand-in without
    programs, served on loopback. An image on the stand-in has everything but a .NET to run on.
#>
param(
    [string[]] $Rid,
    [string] $Output,
    [switch] $Strict,
    [ValidateSet('Microsoft', 'StandIn')] [string] $BaseImage = $Strict ? 'Microsoft' : 'StandIn'
)
$eng = Split-Path $PSScriptRoot
Import-Module (Join-Path $eng 'Common.psm1'), (Join-Path $eng 'BaseImage.psm1') -Force
$ErrorActionPreference = 'Stop'

$version = Get-ReleaseVersion
$folder = New-EmptyFolder (Join-Path $Output 'containers')
$registry = $BaseImage -eq 'StandIn' ? (Start-BaseImage) : $null
try {
    foreach ($platform in $Rid -match '^linux-(x64|arm64)$') {
        foreach ($program in 'console', 'gateway') {
            $published = Publish-Program $program $platform $Output -Strict:$Strict
            if (-not $published) { continue }
            $content = New-EmptyFolder "$published-container"
            Copy-Item -Recurse "$published/*" $content
            $archive = Join-Path $folder "$(Get-ProgramCommand $program)-$version-$platform.tar"
            $arguments = 'build', (Join-Path (Split-Path $eng) (Get-ProgramProject $program)), '--no-restore', '-t:PublishContainer',
                '--runtime', $platform, '--configuration', 'Release', "-p:PublishDir=$content/", "-p:ContainerArchiveOutputPath=$archive",
                '-p:ContainerImageFormat=Docker', "-p:ContainerRevision=$(git -C $eng rev-parse HEAD)"
            if ($registry) { $arguments += "-p:ContainerBaseImage=$($registry.Image)" }
            $null = Invoke-Dotnet $arguments
        }
    }
}
finally { if ($registry) { Stop-BaseImage $registry } }
