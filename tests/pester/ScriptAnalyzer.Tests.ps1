BeforeDiscovery {
    $root = Join-Path $PSScriptRoot '..' '..' | Resolve-Path
    $shipped = @(
        Get-Item (Join-Path $root 'McpRuntime.psd1'), (Join-Path $root 'McpRuntime.psm1'), (Join-Path $root 'build.ps1')
        Get-ChildItem -Recurse (Join-Path $root 'samples' 'automation'), (Join-Path $root 'benchmarks') -Include *.ps1 -ErrorAction Ignore
    ) | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

Describe 'PSScriptAnalyzer' {
    It 'has nothing to say about <Name> by the rules of the PowerShell Gallery' -ForEach $shipped {
        $findings = Invoke-ScriptAnalyzer -Path $Path -Settings PSGallery
        $findings | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
