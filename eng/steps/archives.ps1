<#
.SYNOPSIS
    Archives of the console and the gateway with .NET inside: archives/NAME-VERSION-RID.tar.gz, and .zip for Windows.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Common.psm1')
Import-Module (Join-Path -Path $PSScriptRoot -ChildPath '../Archive.psm1')
$root = Split-Path (Split-Path $PSScriptRoot)
$archives = New-EmptyFolder (Join-Path $Output 'archives')
$texts = Join-Path $Output 'publish'
foreach ($platform in $Rid) {
    foreach ($program in 'console', 'gateway') {
        $folder = Publish-Program $program -Rid $platform -Output $Output -SelfContained -Strict:$Strict
        if (-not $folder) { continue }
        $command = Get-ProgramCommand $program
        $name = "$command-$(Get-ReleaseVersion)-$platform"
        $readme = Join-Path -Path $texts -ChildPath "$name.md"
        Set-Content -LiteralPath $readme -Value (Expand-Template 'archive.md' @{ COMMAND = $command }) -NoNewline
        $files = [ordered]@{}
        Add-FolderFile $files $folder
        $files['LICENSE'] = Join-Path $root 'LICENSE'
        $files['README.md'] = $readme
        $end = $platform -like 'win-*' ? 'zip' : 'tar.gz'
        New-Archive (Join-Path $archives "$name.$end") -File $files -Folder $name -Executable $command, 'createdump'
    }
}
