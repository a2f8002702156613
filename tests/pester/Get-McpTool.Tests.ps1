BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $null = New-TestConnector petstore
    $null = New-TestConnector other -Folder (Join-Path $TestDrive 'other')
}

Describe 'Get-McpTool' {
    It 'gives the tools of the connectors folder' {
        $tools = Get-McpTool
        $tools.Name | Should -Be 'get_pet', 'add_pet'
        $tools[0].Connector | Should -Be 'petstore'
        $tools[0].Method | Should -Be 'GET'
        $tools[0].Endpoint | Should -Be 'GET /pets/{id}'
        $tools.ReadOnly | Should -Be $true, $false
        $tools[0].InputSchema.properties.id.description | Should -Be 'Number of the pet.'
    }

    It 'finds by name, by wildcard and by the manifest''s name' {
        (Get-McpTool get_pet).Name | Should -Be 'get_pet'
        (Get-McpTool -Name 'ADD*', 'get*').Name | Should -Be 'add_pet', 'get_pet'
        (Get-McpTool petstore__get_pet).Name | Should -Be 'get_pet'
        Get-McpTool 'none*' | Should -BeNullOrEmpty
    }

    It 'finds by connector, from the pipeline too' {
        (Get-McpTool -Connector 'PET*').Count | Should -Be 2
        Get-McpTool -Connector none | Should -BeNullOrEmpty
        (Get-McpConnector -ConnectorPath (Join-Path $TestDrive 'other') | ForEach-Object { [pscustomobject]@{ ConnectorPath = $_.ConnectorPath; Connector = $_.Name } } | Get-McpTool).Connector |
            Should -Be 'other', 'other'
    }

    It 'reports a name that is none, with what it may have meant' {
        Get-McpTool get_pets -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ToolNotFound,McpRuntime.Cmdlets.Tools.GetMcpToolCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].Exception.Message | Should -BeLike '*Did you mean get_pet*'
    }

    It 'gives the tools of a running server' {
        $server = Start-McpRuntime -Transport Stdio -ReadOnly
        try {
            (Get-McpTool -Runtime $server).Name | Should -Be 'echo', 'hello', 'get_time', 'get_pet'
            (Get-McpTool -Runtime $server -Name 'get_p*').InputSchema.required | Should -Be 'id'
        }
        finally { $server | Remove-Job -Force }
    }

    It 'shows name, connector, endpoint and description' {
        $view = Get-McpTool get_pet | Out-String -Width 200
        $view | Should -Match 'Name +Connector +Endpoint +Description'
        $view | Should -Match 'get_pet +petstore +GET /pets/\{id\} +Finds a pet by its number\.'
    }

    It 'completes names of tools and connectors' {
        Get-Completion 'Get-McpTool ADD' | Should -Be 'add_pet'
        Get-Completion 'Get-McpTool -Connector pe' | Should -Be 'petstore'
    }
}
