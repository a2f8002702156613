BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $document = Join-Path $TestDrive 'petstore.json'
    Copy-Item (Join-Path $PSScriptRoot 'petstore.json') $document
}

Describe 'Import-McpConnector' {
    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
        $target = Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'petstore.yaml'
    }

    It 'makes a connector with its tools, and says what it left out' {
        $import = Import-McpConnector $document -Name petstore
        $import.Name | Should -Be 'petstore'
        $import.Version | Should -Be '1.2.3'
        $import.Tools.Name | Sort-Object | Should -Be 'add_pet', 'delete_pet', 'get_pet'
        $import.Path | Should -Be $target
        $import.Skipped.Reason | Should -Not -BeNullOrEmpty
        $import.EstimatedTokens | Should -BeGreaterThan 50
        Test-McpManifest $target -Quiet | Should -BeTrue
        (Get-McpConnector).Name | Should -Be 'petstore'
        (Get-McpTool get_pet).InputSchema.properties.id.type | Should -Be 'integer'
    }

    It 'names the connector after the document' {
        (Import-McpConnector $document).Name | Should -Be 'pet-shop'
    }

    It 'takes a document by wildcard, literally, as text, from the pipeline and from the web' {
        (Import-McpConnector (Join-Path $TestDrive 'petst*.json') -Name a).Tools.Count | Should -Be 3
        $odd = Join-Path $TestDrive 'odd[1].json'
        Copy-Item -LiteralPath $document -Destination $odd
        (Import-McpConnector -LiteralPath $odd -Name b).Tools.Count | Should -Be 3
        (Get-Item -LiteralPath $odd | Import-McpConnector -Name c).Tools.Count | Should -Be 3
        (Get-Content -Raw $document | Import-McpConnector -Name d).Tools.Count | Should -Be 3
        (Import-McpConnector -Text (Get-Content -Raw $document) -Name e).Tools.Count | Should -Be 3
        (Get-Item $document | Import-McpConnector -Name f).Tools.Count | Should -Be 3
        $upstream = Start-TestUpstream @{ 'GET /openapi.json' = @{ Body = Get-Content -Raw $document } }
        try {
            (Import-McpConnector "$($upstream.Url)/openapi.json" -Name g).Source | Should -Be "$($upstream.Url)/openapi.json"
            (Import-McpConnector -Uri "$($upstream.Url)/openapi.json" -Name h).Tools.Count | Should -Be 3
        }
        finally { Stop-TestUpstream $upstream }
        (Get-McpConnector).Count | Should -Be 8
    }

    It 'reports a wildcard that matches no file' {
        Import-McpConnector (Join-Path $TestDrive 'none*.json') -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'PathNotFound,McpRuntime.Cmdlets.Connectors.ImportMcpConnectorCommand'
        Copy-Item $document (Join-Path $TestDrive 'even[2].json')
        (Import-McpConnector (Join-Path $TestDrive 'even[2].json') -Name even).Tools.Count | Should -Be 3
    }

    It 'chooses operations by <Case>' -TestCases @(
        @{ Case = 'path'; Choice = @{ IncludePath = '/pets' }; Names = @('add_pet') }
        @{ Case = 'path to leave out'; Choice = @{ ExcludePath = '/pets/*' }; Names = @('add_pet') }
        @{ Case = 'tag'; Choice = @{ IncludeTag = 'read' }; Names = @('get_pet') }
        @{ Case = 'tag to leave out'; Choice = @{ ExcludeTag = 'write' }; Names = @('get_pet') }
        @{ Case = 'operationId'; Choice = @{ IncludeOperation = 'add*' }; Names = @('add_pet') }
        @{ Case = 'method'; Choice = @{ Method = 'DELETE' }; Names = @('delete_pet') }
        @{ Case = 'reading'; Choice = @{ ReadOnly = $true }; Names = @('get_pet') }
        @{ Case = 'not deprecated'; Choice = @{ SkipDeprecated = $true }; Names = @('add_pet', 'get_pet') }
    ) {
        $import = Import-McpConnector $document -Name petstore @Choice -WarningAction SilentlyContinue
        $import.Tools.Name | Sort-Object | Should -Be $Names
        $import.Skipped.Where({ $_.Path -like '/*' }).Reason | Should -Match "(?-i)-$($Choice.Keys)\b"
    }

    It 'takes the name in any case' {
        (Import-McpConnector $document -Name PetStore -WarningAction SilentlyContinue).Name | Should -BeExactly 'petstore'
        (Import-McpConnector -Name PETSTORE -Check -WarningAction SilentlyContinue).IsSame | Should -BeTrue
        (Get-McpConnector Petstore).Name | Should -BeExactly 'petstore'
        (Get-McpTool -Connector PetStore).Count | Should -Be 3
        Remove-McpConnector PetStore -Confirm:$false
        $target | Should -Not -Exist
    }

    It 'takes the first so many, and another server' {
        $import = Import-McpConnector $document -Name petstore -MaxTool 1 -BaseUrl http://localhost:8080/v2 -WarningAction SilentlyContinue
        $import.Tools.Count | Should -Be 1
        $import.BaseUrl | Should -Be 'http://localhost:8080/v2'
        Get-Content -Raw (Join-Path $env:MCP_RUNTIME_DATA_DIR 'approvals.json') | Should -Match '"localhost"'
    }

    It 'names its own parameters in warnings and errors' {
        $null = Import-McpConnector $document -Name petstore -IncludePath /none -ReadOnly -ErrorAction SilentlyContinue -ErrorVariable nothing
        $nothing | Should -BeLike '*No operation matched. Relax -IncludePath or -ReadOnly.*'
        $text = (Get-Content -Raw $document).Replace('https://pets.example', 'http://127.0.0.1:1')
        $null = Import-McpConnector -Text $text -Name petstore -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*Calls are refused until you import with -BaseUrl or -AllowPrivate.*'
        $null = Invoke-McpTool get_pet -id 7 -ErrorAction SilentlyContinue -ErrorVariable refused
        $refused | Should -BeLike '*Import the connector with -BaseUrl or -AllowPrivate, or set MCP_RUNTIME_ALLOWED_NETWORKS*'
        $null = Import-McpConnector $document -Name petstore -ErrorAction SilentlyContinue -ErrorVariable present
        $present | Should -BeLike "*already exists. Import with -Force to replace it."
        $null = Import-McpConnector -Text ($text.Replace('http://127.0.0.1:1', '')) -Name other -ErrorAction SilentlyContinue -ErrorVariable relative
        $relative | Should -BeLike '*Specify the server with -BaseUrl.*'
        $nothing, $warnings, $refused, $present, $relative | Out-String | Should -Not -Match '--[a-z]'
    }

    It 'writes nothing with -WhatIf, and still gives the connector' {
        (Import-McpConnector $document -Name petstore -WhatIf).Tools.Count | Should -Be 3
        $target | Should -Not -Exist
        Import-McpConnector $document -Name petstore | Out-Null
        $before = Get-Content -Raw $target
        Import-McpConnector $document -Name petstore -Force -ReadOnly -WhatIf | Out-Null
        Get-Content -Raw $target | Should -BeExactly $before
    }

    It 'replaces a connector only with -Force, and keeps what a person wrote' {
        Import-McpConnector $document -Name petstore | Out-Null
        Import-McpConnector $document -Name petstore -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectorExists,McpRuntime.Cmdlets.Connectors.ImportMcpConnectorCommand'
        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
        (Get-Content -Raw $target).Replace('Finds a pet by its number.', 'Finds one pet.') | Set-Content $target
        $import = Import-McpConnector $document -Name petstore -Force
        $import.Kept | Should -Contain 'GET /pets/{id}: title'
        (Get-McpTool get_pet).Title | Should -Be 'Finds one pet.'
    }

    It 'compares with -Check and writes nothing' {
        Import-McpConnector $document -Name petstore | Out-Null
        (Import-McpConnector -Name petstore -Check).IsSame | Should -BeTrue
        $changed = (Get-Content -Raw $document).Replace('"name": "id"', '"name": "number"').Replace('/pets/{id}', '/pets/{number}') |
            Import-McpConnector -Name petstore -Check
        $changed.IsSame | Should -BeFalse
        $changed.IsBreaking | Should -BeTrue
        $changed.Changes.Where({ $_.Tool -eq 'get_pet' }).What | Should -Contain 'endpoint'
        $changed.Changes.Where({ $_.What -eq 'endpoint' }).RuleId | Should -Contain 'drift-path'
        $changed.Changes.Where({ $_.RuleId -eq 'drift-argument-removed' }).Severity | Should -Contain 'Error'
        (Get-McpTool get_pet).Endpoint | Should -Be 'GET /pets/{id}'
        Import-McpConnector -Name none -Check -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
    }

    It 'writes elsewhere on request' {
        $elsewhere = Join-Path $TestDrive 'elsewhere' 'x.yaml'
        (Import-McpConnector $document -Name petstore -Destination $elsewhere).Path | Should -Be $elsewhere
        $elsewhere | Should -Exist
        $target | Should -Not -Exist
    }

    It 'gives no credentials to a server that only a later import names' {
        Import-McpConnector $document -Name petstore | Out-Null
        $moved = (Get-Content -Raw $document).Replace('pets.example', 'thief.test')
        $moved | Import-McpConnector -Name petstore -Force -WarningVariable warning -WarningAction SilentlyContinue | Out-Null
        $warning | Should -BeLike '*Credentials are not sent to https://thief.test*-ApproveOrigin*'
        Get-Content -Raw (Join-Path $env:MCP_RUNTIME_DATA_DIR 'approvals.json') | Should -Not -Match 'thief'
        $moved | Import-McpConnector -Name petstore -Force -ApproveOrigin | Out-Null
        Get-Content -Raw (Join-Path $env:MCP_RUNTIME_DATA_DIR 'approvals.json') | Should -Match 'thief'
    }

    It 'reports <Id> for <Case>, and goes on' -TestCases @(
        @{ Case = 'a file that is not there'; Source = '/nowhere/openapi.json'; Id = 'PathNotFound' }
        @{ Case = 'text that is no YAML'; Source = "a: b`n   c: d`n"; Id = 'ManifestParseError' }
        @{ Case = 'a document that is none'; Source = "{ ""a"": 1 }"; Id = 'ManifestInvalid' }
        @{ Case = 'a server that is not there'; Source = 'http://127.0.0.1:9/openapi.json'; Id = 'SourceUnreachable' }
    ) {
        $imports = $Source, $document | Import-McpConnector -ErrorAction SilentlyContinue -ErrorVariable problem
        $imports.Name | Should -Be 'pet-shop'
        $problem[0].FullyQualifiedErrorId | Should -Be "$Id,McpRuntime.Cmdlets.Connectors.ImportMcpConnectorCommand"
    }

    It 'asks for a document where none is named' {
        { Import-McpConnector } | Should -Throw '*-Uri*' -ErrorId 'ImportFailed,*'
    }

    It 'refuses a name that could not be a file' {
        { Import-McpConnector $document -Name '../evil' } | Should -Throw -ErrorId 'ImportFailed,*'
    }

    It 'returns when it is stopped' {
        $upstream = Start-TestUpstream @{ 'GET /slow.json' = @{ Body = '{}'; Hold = $true } }
        try {
            Test-Stop "Import-McpConnector $($upstream.Url)/slow.json" { $upstream.Requests.Count -gt 0 } | Should -BeTrue
        }
        finally {
            Stop-TestUpstream $upstream
        }
    }

    It 'shows name, version, tools, what was skipped, and where it is' {
        $view = Import-McpConnector $document -Name petstore | Out-String -Width 250
        $view | Should -Match 'Name +Version +Tools +Commands +Skipped +Tokens +BaseUrl +Path'
        $view | Should -Match 'petstore +1\.2\.3 +3 +0 +\d+ +\d+ +https://pets\.example/v1'
    }
}

Describe 'Import-McpConnector -Prefix' {
    BeforeEach {
        $env:PSModulePath += [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $env:TEST_MODULE))
        $modules = $env:PSModulePath.Split([System.IO.Path]::PathSeparator)[0]
        Remove-Item -Recurse -Force $modules, $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
        $WarningPreference = 'SilentlyContinue'
    }

    AfterEach {
        Remove-McpConnector *
    }

    It 'makes a module of commands, which a new session has' {
        $import = Import-McpConnector $document -Name petstore -Prefix Pet -WarningVariable warnings
        $import.Commands | Sort-Object | Should -Be 'Add-PetPet', 'Get-PetPet', 'Remove-PetPet'
        $import.Module | Should -Be (Join-Path $modules McpRuntime.Petstore McpRuntime.Petstore.psd1)
        $import.Module | Should -Exist
        ($import | Out-String) | Should -Match 'Commands'
        $warnings -join ' ' | Should -Not -Match 'PSModulePath'
        (Invoke-NewSession 'Get-PetPet 7 -WhatIf') -join ' ' | Should -Match 'https://pets\.example/v1/pets/7'
    }

    It 'makes none without a prefix' {
        $import = Import-McpConnector $document -Name petstore
        $import.Module | Should -BeNullOrEmpty
        $import.Commands | Should -BeNullOrEmpty
        $modules | Should -Not -Exist
    }

    It 'writes nothing with -WhatIf, and says which commands there would be' {
        (Import-McpConnector $document -Name petstore -Prefix Pet -WhatIf).Commands | Should -Contain 'Get-PetPet'
        $modules, (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR petstore.yaml) | Should -Not -Exist
    }

    It 'keeps names, edits and the prefix in later imports' {
        $path = (Import-McpConnector $document -Name petstore -Prefix Pet).Path
        (Get-Content $path).Replace('command: Remove-Pet', 'command: Clear-Animal') | Set-Content $path
        $import = Import-McpConnector $document -Name petstore -Force
        $import.Commands | Sort-Object | Should -Be 'Add-PetPet', 'Clear-PetAnimal', 'Get-PetPet'
        (Import-PowerShellDataFile $import.Module).CmdletsToExport | Should -Contain 'Clear-PetAnimal'
        (Import-McpConnector $document -Name petstore -Prefix Zoo -Force).Commands | Should -Contain 'Clear-ZooAnimal'
    }

    It 'refuses a new name that another module has, and leaves no trace of it' {
        $foreign = Join-Path $modules Foreign
        $null = New-Item -ItemType Directory -Force $foreign
        Set-Content (Join-Path $foreign Foreign.psm1) 'function Get-PetPet {}'
        New-ModuleManifest (Join-Path $foreign Foreign.psd1) -RootModule Foreign.psm1 -FunctionsToExport Get-PetPet
        $import = Import-McpConnector $document -Name petstore -Prefix Pet -WarningVariable warnings
        $import.Commands | Sort-Object | Should -Be 'Add-PetPet', 'Remove-PetPet'
        $import.Findings.RuleId | Should -Contain 'command-taken'
        $warnings -join ' ' | Should -Match 'Get-PetPet is a command of the module Foreign'
        Get-Content -Raw $import.Path | Should -Not -Match 'command: Get-Pet'
        Remove-Item -Recurse $foreign
        (Import-McpConnector $document -Name petstore -Force).Commands | Should -Contain 'Get-PetPet'
    }

    It 'imports nothing where the folder of the module is not ours' {
        $null = New-Item -ItemType Directory -Force (Join-Path $modules McpRuntime.Petstore)
        Set-Content (Join-Path $modules McpRuntime.Petstore other.txt) mine
        Import-McpConnector $document -Name petstore -Prefix Pet -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'ModuleForeign,McpRuntime.Cmdlets.Connectors.ImportMcpConnectorCommand'
        Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR petstore.yaml | Should -Not -Exist
    }

    It 'is not for -Destination, and has letters and digits: <_>' -ForEach 'pet', '', "Pet'", 'Pet-', 'P t' {
        $prefix = $_
        { Import-McpConnector $document -Name petstore -Prefix $prefix } | Should -Throw
        { Import-McpConnector $document -Prefix Pet -Destination (Join-Path $TestDrive a.yaml) } | Should -Throw '*-ConnectorPath*'
    }
}
