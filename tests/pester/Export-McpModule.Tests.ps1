BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:PSModulePath += [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $env:TEST_MODULE))
    $destination = Join-Path $TestDrive 'out'
    $folder = Join-Path $destination McpRuntime.Petstore 1.2.3
}

Describe 'Export-McpModule' {
    BeforeEach {
        Remove-Item -Recurse -Force $destination -ErrorAction Ignore
        $path = New-CommandConnector -Source "source: { location: 'https://user:pw@api.example/v1/openapi.json?token=secret' }"
    }

    It 'writes a versioned module with its manifest, which needs McpRuntime only' {
        $written = Export-McpModule petstore -Destination $destination
        $written.FullName | Should -Be $folder
        $data = Import-PowerShellDataFile (Join-Path $folder McpRuntime.Petstore.psd1)
        $data.ModuleVersion | Should -Be '1.2.3'
        @($data.RequiredModules).Count | Should -Be 1
        $data.RequiredModules[0].ModuleName | Should -Be 'McpRuntime'
        Test-McpManifest (Join-Path $folder connector.yaml) -Quiet | Should -BeTrue
    }

    It 'tells nothing of this machine or its user' {
        $null = Export-McpModule petstore -Destination $destination
        foreach ($file in Get-ChildItem $folder -Recurse -File) {
            $text = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file))
            foreach ($private in $HOME, $env:MCP_RUNTIME_CONNECTORS_DIR, $TestDrive, 'user:pw', 'secret') {
                $text.Contains($private) | Should -BeFalse -Because "$file must not name $private"
            }
        }
        (Get-McpConnector petstore -ConnectorPath $folder).Source | Should -Be 'https://api.example/v1/openapi.json'
    }

    It 'names of a local document its file only: <_>' -ForEach '/home/me/work/openapi.json', 'C:\Users\me\openapi.json', '../openapi.json' {
        $null = New-CommandConnector -Source "source: { location: '$_' }"
        $null = Export-McpModule petstore -Destination $destination
        (Get-McpConnector petstore -ConnectorPath $folder).Source | Should -Be 'openapi.json'
    }

    It 'works where the connector is not, with the manifest that it brings' {
        $null = Export-McpModule petstore -Destination $destination
        Remove-Item $path
        $script = "`$env:PSModulePath += '$([System.IO.Path]::PathSeparator)$destination'; Get-PetPet 7 -WhatIf; (Get-Module McpRuntime.Petstore).ModuleBase"
        $output = Invoke-NewSession $script
        $output -join "`n" | Should -Match 'https://pets\.example/pets/7'
        $output[-1] | Should -Be $folder
    }

    It 'takes a credential that its user sets for the folder of the module' {
        New-TestVault
        $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
        $upstream = Start-TestUpstream @{ 'GET /pets/7' = @{ Body = '{"id":7}' } }
        try {
            $path = New-CommandConnector -BaseUrl $upstream.Url
            (Get-Content -Raw $path).Replace('security: []', "security_schemes:`n    key: { type: api_key, location: header, key_name: X-Key }`n  security: [ { key: [] } ]") | Set-Content $path
            $null = Export-McpModule petstore -Destination $destination
            Remove-Item $path
            Set-McpCredential petstore -ConnectorPath $folder -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
            Import-Module (Join-Path $folder McpRuntime.Petstore.psd1)
            (Get-PetPet 7).id | Should -Be 7
            @($upstream.Requests)[-1].Key | Should -Be 'k-1'
        }
        finally {
            Stop-TestUpstream $upstream
            Remove-Module McpRuntime.Petstore -ErrorAction Ignore
            Remove-McpCredential petstore -ConnectorPath $folder -Confirm:$false
        }
    }

    It 'has the version that is named' {
        (Export-McpModule petstore $destination -Version 2.5).Name | Should -Be '2.5.0'
        (Import-PowerShellDataFile (Join-Path $destination McpRuntime.Petstore 2.5.0 McpRuntime.Petstore.psd1)).ModuleVersion | Should -Be '2.5.0'
    }

    It 'replaces an existing version with -Force only' {
        $null = Export-McpModule petstore $destination
        Export-McpModule petstore $destination -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'FileExists,McpRuntime.Cmdlets.Connectors.ExportMcpModuleCommand'
        (Export-McpModule petstore $destination -Force).FullName | Should -Be $folder
    }

    It 'leaves a folder of others alone, with -Force too' {
        $null = New-Item -ItemType Directory $folder
        Set-Content (Join-Path $folder McpRuntime.Petstore.psd1) "@{ ModuleVersion = '1.2.3' }"
        Export-McpModule petstore $destination -Force -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ModuleForeign*'
        (Get-ChildItem $folder).Count | Should -Be 1
    }

    It 'writes nothing with -WhatIf' {
        Export-McpModule petstore $destination -WhatIf | Should -BeNullOrEmpty
        $destination | Should -Not -Exist
    }

    It 'reports a connector without commands' {
        $null = New-TestConnector plain
        Export-McpModule plain $destination -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'PrefixMissing,McpRuntime.Cmdlets.Connectors.ExportMcpModuleCommand'
    }

    It 'can be published to a gallery and installed from it' {
        $gallery = New-Item -ItemType Directory (Join-Path $TestDrive gallery)
        Register-PSResourceRepository -Name Company -Uri $gallery -Trusted
        try {
            Export-McpModule petstore $destination | ForEach-Object { Publish-PSResource -Path $_ -Repository Company -SkipDependenciesCheck }
            $saved = New-Item -ItemType Directory (Join-Path $TestDrive saved)
            Save-PSResource McpRuntime.Petstore -Repository Company -Path $saved -SkipDependencyCheck -TrustRepository
            Join-Path $saved McpRuntime.Petstore 1.2.3 connector.yaml | Should -Exist
        }
        finally { Unregister-PSResourceRepository -Name Company }
    }
}
