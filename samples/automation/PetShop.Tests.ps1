#Requires -Version 7.6
#Requires -Modules McpRuntime, @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

<#
.SYNOPSIS
    Tests an API by its commands: what a caller can rely on, in the words of the API's own document.
.EXAMPLE
    $container = New-PesterContainer -Path ./PetShop.Tests.ps1 -Data @{ Document = 'http://localhost:5000/openapi.json'; BaseUrl = 'http://localhost:5000' }
    Invoke-Pester -Container $container
#>
param(
    # Path or URL of the API's OpenAPI document.
    [Parameter(Mandatory)]
    [string] $Document,

    # The server to test.
    [Parameter(Mandatory)]
    [uri] $BaseUrl
)

BeforeAll {
    # Separate folders for connector and module, so that the test does not change yours.
    $folders = @{ ConnectorPath = Join-Path $TestDrive 'connectors'; ModulePath = Join-Path $TestDrive 'modules' }
    $import = Import-McpConnector $Document -Name petshop-test -BaseUrl $BaseUrl -Prefix Test @folders -WarningAction SilentlyContinue
    Import-Module $import.Module
}

AfterAll {
    Remove-Module McpRuntime.PetshopTest
}

Describe 'The pet shop' {
    It 'offers what its document promises' {
        'Get-TestPet', 'Add-TestPet', 'Remove-TestPet', 'New-TestOrder' | Should -BeIn $import.Commands
    }

    It 'lists pets of one species only' {
        $cats = Get-TestPet -Species cat -All
        $cats.Count | Should -BeGreaterThan 0
        $cats.species | Should -Not -Contain 'dog'
    }

    It 'gives each pet of the list by its number' {
        $pets = Get-TestPet
        ($pets | Get-TestPet).name | Should -Be $pets.name
    }

    It 'says 404 for a pet that is not there' {
        Get-TestPet 999999 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Status | Should -Be 404
    }

    It 'refuses a species that it does not sell before it sends anything' {
        { Add-TestPet -Name Rex -Species dinosaur -PriceCents 100 } | Should -Throw '*rabbit*'
    }

    It 'asks for its key before it adds a pet' {
        Add-TestPet -Name Rex -Species dog -PriceCents 100 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -Match 'credential'
    }

    It 'shows what -WhatIf would remove, and removes nothing' {
        $before = Get-TestPet -All
        Get-TestPet -All | Remove-TestPet -WhatIf
        (Get-TestPet -All).Count | Should -Be $before.Count
    }
}
