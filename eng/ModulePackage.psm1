#Requires -Version 7.6

# The package of the PowerShell module: its metadata, and the file that Publish-PSResource -NupkgPath takes.

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version 3.0

$root = Split-Path $PSScriptRoot
# NuGet's limits of a package's metadata, in characters (learn.microsoft.com/nuget/reference/nuspec), which the PowerShell
# Gallery checks after the upload; notes are kept to what is read.
$limits = @{ description = 4000; tags = 4000; copyright = 4000; releaseNotes = 10000 }

<#
.SYNOPSIS
    What the changelog says of a version, or of the next one where it has no heading yet; cut after a line.
#>
function Get-ReleaseNote([string] $Version, [string] $Site) {
    $sections = (Get-Content -Raw (Join-Path $root 'CHANGELOG.md')) -split '(?m)^## '
    $section = $sections.Where({ $_ -match "^\[?$([regex]::Escape($Version))\b" }, 'First') + $sections.Where({ $_ -match '^Unreleased' })
    $notes = ($section[0] -replace '^.*\n').Trim()
    if ($notes.Length -le $limits.releaseNotes) { return $notes }
    $more = "`n`nThe rest is in CHANGELOG.md: $Site"
    $cut = $notes.LastIndexOf("`n- ", $limits.releaseNotes - $more.Length)
    $notes.Substring(0, $cut).TrimEnd() + $more
}

<#
.SYNOPSIS
    Writes what the publisher filled in, the icon and the notes of the release into a staged manifest. The source has
    only what is the same for every publisher.
#>
function Set-ModuleMetadata([string] $Manifest, [pscustomobject] $Publisher) {
    $version = (Import-PowerShellDataFile $Manifest).ModuleVersion
    $values = [ordered]@{
        ProjectUri = $Publisher.Site
        # Of the tag that the release gets.
        IconUri = "$($Publisher.Repository)/raw/v$version/eng/templates/icon.png"
        ReleaseNotes = Get-ReleaseNote $version $Publisher.Site
    }
    $lines = $values.GetEnumerator().ForEach({
            "            $($_.Key.PadRight(12)) = '$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_.Value))'"
        })
    $written = [regex]::new('(?m)^(\s*# [^\n]*\n)?\s*ProjectUri\s*=.*$').Replace((Get-Content -Raw $Manifest), { $lines -join "`n" }, 1)
    Set-Content -LiteralPath $Manifest -Value $written -NoNewline
}

<#
.SYNOPSIS
    Packs a staged module, and returns the file.
#>
function Export-ModulePackage([string] $Stage, [string] $Project, [string] $Output) {
    $manifest = Import-PowerShellDataFile (Join-Path $Stage 'McpRuntime.psd1')
    $data = $manifest.PrivateData.PSData
    # By these the PowerShell Gallery finds modules by what they hold.
    $held = @($manifest.CmdletsToExport).ForEach({ "PSCmdlet_$_"; "PSCommand_$_" })
    # The elements and their names are those that Publish-PSResource makes of a manifest.
    $metadata = [ordered]@{
        id = 'McpRuntime'
        version = $manifest.ModuleVersion
        authors = $manifest.Author
        owners = $manifest.CompanyName
        requireLicenseAcceptance = 'false'
        description = $manifest.Description
        releaseNotes = $data.ReleaseNotes
        copyright = $manifest.Copyright
        tags = @('PSModule', 'PSIncludes_Cmdlet') + $data.Tags + $held -join ' '
        licenseUrl = $data.LicenseUri
        projectUrl = $data.ProjectUri
        iconUrl = $data['IconUri']
    }
    foreach ($field in $limits.Keys) {
        $length = $metadata[$field].Length
        if ($length -gt $limits[$field]) { throw "$field of the package has $length characters; at most $($limits[$field]) are allowed." }
    }
    $elements = $metadata.Keys.Where({ $metadata[$_] }).ForEach({ "<$_>$([Security.SecurityElement]::Escape($metadata[$_]))</$_>" })
    $required = $manifest.PrivateData.PackageDependencies.ForEach({ "<dependency id=""$($_.ModuleName)"" version=""$($_.ModuleVersion)"" />" })
    $null = New-Item -ItemType Directory -Force $Output
    $nuspec = Join-Path -Path (Split-Path $Output) -ChildPath 'McpRuntime.nuspec'
    Set-Content -Path $nuspec -Value @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    $($elements -join "`n    ")
    <dependencies>$required</dependencies>
  </metadata>
  <files>
    <file src="**/*" target="" />
  </files>
</package>
"@
    # NuGet's own packer. NU5100 and NU5128 ask for the layout of a library, which a module does not have; NU5048 and NU5125
    # for an icon and a license inside, which the PowerShell Gallery does not read.
    dotnet pack $Project --no-build --no-restore --configuration Release --output $Output --nologo --verbosity quiet `
        "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$Stage" '-p:NoWarn="NU5048;NU5100;NU5110;NU5111;NU5125;NU5128"'
    Get-Item (Join-Path $Output "McpRuntime.$($manifest.ModuleVersion).nupkg")
}

Export-ModuleMember -Function Get-ReleaseNote, Set-ModuleMetadata, Export-ModulePackage
