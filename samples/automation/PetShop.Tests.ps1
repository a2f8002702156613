#Requires -Version 7.6
#Requires -Modules McpRuntime, @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

<#
.SYNOPSIS
    Tests an API by its tools: what a caller can rely on, in the words of the API's own document.
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
    # A separate connectors folder, so that the test does not change yours.
    $folder = Join-Path $TestDrive 'connectors'
    $PSDefaultParameterValues = @{ '*-Mcp*:ConnectorPath' = $folder }
    $null = Import-McpConnector $Document -Name petshop-test -BaseUrl $BaseUrl
}

Describe 'The pet shop' {
    It 'offers what its document promises' {
        $names = (Get-McpTool).Name
        'list_pets', 'get_pet', 'add_pet' | Should -BeIn $names
    }

    It 'lists pets of one species only' {
        $cats = (Invoke-McpTool list_pets -Argument @{ species = 'cat' }).items
        $cats.Count | Should -BeGreaterThan 0
        $cats.species | Should -Not -Contain 'dog'
    }

    It 'gives each pet of the list by its number' {
        foreach ($pet in (Invoke-McpTool list_pets).items) {
            (Invoke-McpTool get_pet -Argument @{ petId = $pet.id }).name | Should -Be $pet.name
        }
    }

    It 'says 404 for a pet that is not there' {
        Invoke-McpTool get_pet -Argument @{ petId = 999999 } -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Status | Should -Be 404
    }

    It 'asks for its key before it adds a pet' {
        Invoke-McpTool add_pet -Argument @{ name = 'Rex'; species = 'dog'; priceCents = 100 } -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -Match 'credential'
    }
}
