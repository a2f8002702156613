BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $copy = Join-Path $TestDrive 'checkout'
    foreach ($name in 'README.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'docs', 'deploy', 'eng') {
        $null = New-Item -ItemType Directory -Force $copy
        Copy-Item -Recurse -Path (Join-Path $root $name) -Destination $copy
    }
    function Get-Place([string] $Pattern) {
        @(Get-ChildItem -Recurse -File $copy -Include *.md, *.props, *.yaml, *.yml | Select-String -CaseSensitive -Pattern $Pattern)
    }
    function Set-Publisher { & (Join-Path -Path $root -ChildPath 'eng/Set-Publisher.ps1') -Root $copy @args }
    Import-Module (Join-Path -Path $root -ChildPath 'eng/Common.psm1') -Force
}

Describe 'Set-Publisher.ps1' {
    It 'shows with -WhatIf and changes nothing' {
        Set-Publisher -Owner acme -WhatIf
        (Get-Publisher -Root $copy).Owner | Should -Be 'OWNER'
    }

    It 'writes an owner into every address' {
        (Get-Place 'OWNER/mcp-runtime|ghcr\.io/OWNER').Count | Should -BeGreaterThan 0
        Set-Publisher -Owner Acme-1 -SecurityContact 'security@acme.example' -ConductContact 'conduct@acme.example'
        Get-Place 'OWNER/mcp-runtime|/OWNER\b|SECURITY-CONTACT|CONDUCT-CONTACT' | Should -BeNullOrEmpty
        $publisher = Get-Publisher -Root $copy
        $publisher.Owner | Should -BeExactly 'Acme-1'
        $publisher.Repository | Should -BeExactly 'https://github.com/Acme-1/mcp-runtime'
        $publisher.RegistryName | Should -BeExactly 'io.github.Acme-1/mcp-runtime'
        $publisher.Containers | Should -BeExactly 'ghcr.io/acme-1'
        Get-Content -Raw (Join-Path $copy 'SECURITY.md') | Should -Match 'security@acme\.example'
    }

    It 'changes one value when it moves' {
        Set-Publisher -Containers 'registry.acme.example/tools'
        (Get-Publisher -Root $copy).Containers | Should -BeExactly 'registry.acme.example/tools'
        Get-Place 'ghcr\.io/acme-1' | Should -BeNullOrEmpty
    }

    It 'refuses <Name> <Value>' -ForEach @(
        @{ Name = 'Owner'; Value = 'a b' }
        @{ Name = 'Owner'; Value = '-acme' }
        @{ Name = 'RegistryName'; Value = 'no-namespace' }
        @{ Name = 'Containers'; Value = 'Upper/Case' }
    ) {
        $wrong = @{ $Name = $Value }
        { Set-Publisher @wrong } | Should -Throw "*$Value*"
    }
}
