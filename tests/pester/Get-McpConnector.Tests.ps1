BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = New-TestConnector petstore
    $null = New-TestConnector '@team/weather'
}

Describe 'Get-McpConnector' {
    It 'gives every connector with its tools' {
        $connectors = Get-McpConnector
        $connectors.Name | Should -Be '@team/weather', 'petstore'
        $pets = $connectors[1]
        $pets.Version | Should -Be '1.2.3'
        $pets.BaseUrl | Should -Be 'https://pets.example'
        $pets.SecuritySchemes | Should -Be 'api_key'
        $pets.Path | Should -Be (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'petstore.yaml')
        $pets.ConnectorPath | Should -Be $env:MCP_RUNTIME_CONNECTORS_DIR
        # Both connectors have these tools, so each is called by its full name.
        $pets.Tools.Name | Should -Be 'petstore__get_pet', 'petstore__add_pet'
        $pets.Tools.ReadOnly | Should -Be $true, $false
        $pets.Tools[0].InputSchema.properties.id.type | Should -Be 'integer'
    }

    It 'finds by name and by wildcard, in any case' {
        (Get-McpConnector petstore).Name | Should -Be 'petstore'
        (Get-McpConnector -Name 'PET*', '*weather').Name | Should -Be 'petstore', '@team/weather'
        Get-McpConnector 'none*' | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline' {
        ('petstore', '@team/weather' | Get-McpConnector).Name | Should -Be 'petstore', '@team/weather'
        ([pscustomobject]@{ Name = 'petstore'; ConnectorPath = $env:MCP_RUNTIME_CONNECTORS_DIR } | Get-McpConnector).Name | Should -Be 'petstore'
    }

    It 'reads another folder, which may be relative or missing' {
        $null = New-TestConnector elsewhere -Folder (Join-Path $TestDrive 'other')
        Push-Location $TestDrive
        try { (Get-McpConnector -ConnectorPath other).Name | Should -Be 'elsewhere' }
        finally { Pop-Location }
        Get-McpConnector -ConnectorPath (Join-Path $TestDrive 'missing') | Should -BeNullOrEmpty
    }

    It 'reports a name that is not there with those that are' {
        Get-McpConnector none -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectorNotFound,McpRuntime.Cmdlets.Connectors.GetMcpConnectorCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].Exception.Message | Should -BeLike '*petstore*'
        { Get-McpConnector none -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectorNotFound,*'
    }

    It 'reports a manifest that cannot be served and gives the others' {
        $folder = Join-Path $TestDrive 'faulty'
        $null = New-TestConnector sound -Folder $folder
        $null = New-TestConnector faulty -Folder $folder -Tail '  surprise: true'
        (Get-McpConnector -ConnectorPath $folder -ErrorAction SilentlyContinue -ErrorVariable problem).Name | Should -Be 'sound'
        $problem.FullyQualifiedErrorId | Should -BeLike 'ManifestInvalid,*'
        Get-McpConnector faulty -ConnectorPath $folder -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ManifestInvalid,*'
    }

    It 'ends with every setting that is wrong' {
        $env:MCP_RUNTIME_LOG_LEVEL = 'loud'
        try { { Get-McpConnector } | Should -Throw '*MCP_RUNTIME_LOG_LEVEL*' -ErrorId 'SettingInvalid,*' }
        finally { Remove-Item Env:MCP_RUNTIME_LOG_LEVEL }
    }

    It 'refuses a folder of another provider' {
        { Get-McpConnector -ConnectorPath Env:/ -ErrorAction Stop } | Should -Throw
    }

    It 'shows name, version, tools and URL' {
        $view = Get-McpConnector petstore | Out-String -Width 200
        $view | Should -Match 'Name +Version +Tools +BaseUrl'
        $view | Should -Match 'petstore +1\.2\.3 +2 +https://pets\.example'
    }

    It 'completes names, quoted where needed' {
        Get-Completion 'Get-McpConnector p' | Should -Be 'petstore'
        Get-Completion 'Get-McpConnector PET' | Should -Be 'petstore'
        Get-Completion "Get-McpConnector '@" | Should -Be "'@team/weather'"
        Get-Completion 'Get-McpConnector -ConnectorPath /nowhere -Name x' | Should -Not -Contain 'petstore'
    }

    It 'shows text of a manifest without its control characters' {
        $folder = Join-Path $TestDrive 'nasty'
        $path = New-TestConnector nasty -Folder $folder
        (Get-Content -Raw $path).Replace('title: Pet shop', 'title: "Pet \e[31mshop\u202e"') | Set-Content $path
        (Get-McpConnector -ConnectorPath $folder).Title | Should -Be 'Pet shop'
    }
}
