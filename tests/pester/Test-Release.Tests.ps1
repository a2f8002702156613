BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path -Path $root -ChildPath 'eng/Publishing.psm1') -Force
    $null = New-Item -ItemType Directory (Join-Path $TestDrive 'eng')
    function Set-State([string] $Changes, [switch] $Published) {
        Set-Content -LiteralPath (Join-Path $TestDrive 'McpRuntime.psd1') -Value "@{ ModuleVersion = '1.2.3' }"
        Set-Content -LiteralPath (Join-Path $TestDrive 'CHANGELOG.md') -Value $Changes
        $props = Get-Content -Raw (Join-Path -Path $root -ChildPath 'eng/Publisher.props')
        if ($Published) { $props = $props.Replace('OWNER', 'acme') -replace '[A-Z]+-CONTACT', 'acme@acme.example' }
        Set-Content -LiteralPath (Join-Path -Path $TestDrive -ChildPath 'eng/Publisher.props') -Value $props
    }
}

Describe 'Test-Release' {
    It 'says everything that is missing' {
        Set-State "# Changelog`n`n## Unreleased`n`n### Added`n- Something.`n`n## 1.2.2`n"
        $wrong = @(Test-Release -Root $TestDrive -Tag v1.2.4)
        $wrong -like '*placeholder*' | Should -Not -BeNullOrEmpty
        $wrong -like "*no section '## 1.2.3'*" | Should -Not -BeNullOrEmpty
        $wrong -like "*'Unreleased' is not empty*" | Should -Not -BeNullOrEmpty
        $wrong -like '*its tag is v1.2.3*' | Should -Not -BeNullOrEmpty
    }

    It 'says nothing where all is there' {
        Set-State "# Changelog`n`n## Unreleased`n`n## 1.2.3 (2026-12-01)`n`n- Something.`n" -Published
        Test-Release -Root $TestDrive -Tag v1.2.3 | Should -BeNullOrEmpty
    }
}

Describe 'release.ps1' {
    It 'makes nothing for a release that is not ready' {
        { & (Join-Path -Path $root -ChildPath 'eng/release.ps1') -Output (Join-Path $TestDrive 'out') -Tag v0.0.0 } | Should -Throw '*its tag is v*'
        Join-Path $TestDrive 'out' | Should -Not -Exist
    }
}
