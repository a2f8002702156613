<#
.SYNOPSIS
    Bills of materials (CycloneDX) of console, gateway and module: sbom/NAME-VERSION.cdx.json.
#>
param([string[]] $Rid, [string] $Output, [switch] $Strict)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Import-Module (Join-Path -Path (Split-Path $PSScriptRoot) -ChildPath 'Common.psm1')
$root = Split-Path (Split-Path $PSScriptRoot)
$folder = New-EmptyFolder (Join-Path $Output 'sbom')
$version = Get-ReleaseVersion
$projects = [ordered]@{ 'mcp-runtime' = 'McpRuntime.Stdio'; 'mcp-runtime-http' = 'McpRuntime.Http'; 'mcp-runtime-module' = 'McpRuntime.Cmdlets' }
Push-Location $root
try {
    # Of this checkout, so that it is the version that is tested.
    $null = dotnet tool restore
    foreach ($name in $projects.Keys) {
        $project = "src/$($projects[$name])/$($projects[$name]).csproj"
        # Its exit code is 0 for some errors, too, so the file is looked for.
        $log = dotnet tool run dotnet-CycloneDX $project --output $folder --filename "$name-$version.cdx.json" --output-format Json `
            --set-name $name --set-version $version
        if (-not (Test-Path (Join-Path $folder "$name-$version.cdx.json"))) { throw "No bill of materials for ${name}:`n$($log -join "`n")" }
    }
}
finally { Pop-Location }
