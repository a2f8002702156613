# -WhatIf, anywhere in the module: no program is started, nothing is written, no API or server is asked, no vault opened.
# Reading a document that was named is the exception.
BeforeDiscovery {
    Import-Module $env:TEST_MODULE
    $cases = @(
        @{ Name = 'Connect-McpConnector'; Line = 'signed -ConnectorPath $others -ClientId me -Force -WhatIf' }
        @{ Name = 'Connect-McpServer'; Line = '-Command $program -WhatIf' }
        @{ Name = 'Connect-McpServer'; Line = '-Uri "$($upstream.Url)/mcp" -WhatIf' }
        @{ Name = 'Disconnect-McpConnector'; Line = 'signed -ConnectorPath $others -WhatIf' }
        @{ Name = 'Disconnect-McpServer'; Line = '-Name pets -WhatIf' }
        @{ Name = 'Export-McpModule'; Line = 'animals $modules -ConnectorPath $others -WhatIf' }
        @{ Name = 'Import-McpConnector'; Line = '$document -Name new -WhatIf' }
        @{ Name = 'Import-McpConnector'; Line = '$document -Name new -Prefix New -WhatIf' }
        @{ Name = 'Import-McpConnector'; Line = '$document -Name petstore -Force -ApproveOrigin -WhatIf' }
        @{ Name = 'Invoke-McpTool'; Line = 'get_pet -id 7 -WhatIf' }
        @{ Name = 'Invoke-McpTool'; Line = 'add_pet -nameValue Rex -WhatIf' }
        @{ Name = 'Invoke-McpTool'; Line = 'add_pet -Argument @{ name = "Rex" } -WhatIf' }
        @{ Name = 'Invoke-McpTool'; Line = 'add_pet -nameValue Rex -Server $server -WhatIf' }
        @{ Name = 'Register-McpClient'; Line = '-ConfigurationPath $file -Name new -WhatIf' }
        @{ Name = 'Remove-McpConnector'; Line = 'petstore -WhatIf' }
        @{ Name = 'Remove-McpCredential'; Line = 'petstore -WhatIf' }
        @{ Name = 'Set-McpCredential'; Line = 'petstore -ApiKey (ConvertTo-SecureString -AsPlainText new) -WhatIf' }
        @{ Name = 'Set-McpCredential'; Line = 'petstore -SecretName Mine -WhatIf' }
        @{ Name = 'Set-McpCredential'; Line = 'petstore -Force -WhatIf' }
        @{ Name = 'Start-McpRuntime'; Line = '-Transport Stdio -WhatIf' }
        @{ Name = 'Start-McpRuntime'; Line = '-Transport Http -Port 0 -WhatIf' }
        @{ Name = 'Start-McpRuntime'; Line = '-Transport Stdio -Wait -WhatIf' }
        @{ Name = 'Stop-McpRuntime'; Line = '-WhatIf' }
        @{ Name = 'Unregister-McpClient'; Line = '-ConfigurationPath $file -Name old -WhatIf' }
        @{ Name = 'Update-McpConnector'; Line = 'new-pets -ConnectorPath $others -WhatIf' }
        @{ Name = 'Update-McpConnector'; Line = 'animals -ModuleOnly -ConnectorPath $others -WhatIf' }
        @{ Name = 'Update-McpLock'; Line = '(Join-Path $TestDrive tools.lock) -WhatIf' }
    )
    $able = (Get-Command -Module McpRuntime).Where({ $_.Parameters.ContainsKey('WhatIf') }).Name
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    . (Join-Path $PSScriptRoot 'TestVault.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{ 'GET /pets/7' = @{ Body = '{}' }; 'POST /pets' = @{ Body = '{}' } }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
    $document = Join-Path $PSScriptRoot 'petstore.json'
    $others = Join-Path $TestDrive 'others'
    $null = New-CommandConnector animals -Folder $others
    $modules = $env:PSModulePath.Split([System.IO.Path]::PathSeparator)[0]
    $null = New-Item -ItemType Directory -Force $modules
    # Imported with fewer operations than its document has now.
    $changing = Join-Path $TestDrive 'changing.json'
    Copy-Item $document $changing
    $null = Import-McpConnector $changing -Name new-pets -ConnectorPath $others
    (Get-Content -Raw $changing).Replace('"/pets/{id}": {', '"/dogs": { "get": { "operationId": "listDogs", "responses": { "200": { "description": "Dogs." } } } }, "/pets/{id}": {') | Set-Content $changing
    $vault = Join-Path $TestDrive 'vault'
    New-SlowVault $vault
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
    $signed = New-TestConnector signed -BaseUrl $upstream.Url -Folder $others
    (Get-Content -Raw $signed).Replace('{ type: api_key, location: header, key_name: X-Key }', "{ type: oauth2, flows: [authorization_code], authorization_url: `"$($upstream.Url)/authorize`", token_url: `"$($upstream.Url)/token`" }") | Set-Content $signed
    Set-McpCredential signed -ConnectorPath $others -ClientId me -RefreshToken (ConvertTo-SecureString -AsPlainText 'r-1')
    $file = Join-Path $TestDrive 'mcp.json'
    $null = Register-McpClient -Name old -ConfigurationPath $file
    $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name pets
    $null = Get-McpTool -Server $server
    $job = Start-McpRuntime -Transport Stdio

    # Each program that a command of the module starts is this one, which leaves a mark.
    $mark = Join-Path $TestDrive 'started'
    $folder = Join-Path $TestDrive 'programs'
    $null = New-Item -ItemType Directory -Force $folder, (Join-Path $folder 'shared/Microsoft.AspNetCore.App/10.0.0')
    $program = Join-Path $folder ($IsWindows ? 'dotnet.cmd' : 'dotnet')
    Set-Content $program ($IsWindows ? "@echo started > ""$mark""" : "#!/bin/sh`necho started > '$mark'")
    if (-not $IsWindows) { chmod +x $program }
    $env:DOTNET_ROOT = $folder

    function Get-State {
        Get-ChildItem -Recurse -File -Force $env:MCP_RUNTIME_CONNECTORS_DIR, $env:MCP_RUNTIME_DATA_DIR, $vault, $file, $modules, $others | Get-FileHash | ForEach-Object { "$($_.Path) $($_.Hash)" }
        "requests: $($upstream.Requests.Count)"
        "jobs: $((Get-Job -Id $job.Id).State), $(@(Get-Job | Where-Object PSJobTypeName -EQ McpRuntime).Count)"
        "sessions: $(Get-McpServer | ForEach-Object { "$($_.Name) $($_.State)" })"
        "started: $(Test-Path $mark)"
    }
}

AfterAll {
    Remove-Item Env:DOTNET_ROOT
    Get-McpServer | Disconnect-McpServer
    Get-Job | Where-Object PSJobTypeName -EQ McpRuntime | Remove-Job -Force
    Stop-TestUpstream $upstream
}

Describe '-WhatIf' {
    It 'of <Name> <Line> changes nothing' -TestCases $cases {
        $before = Get-State
        $null = & ([scriptblock]::Create("$Name $Line"))
        Get-State | Should -Be $before
    }

    It 'as $WhatIfPreference does, too' {
        $before = Get-State
        $WhatIfPreference = $true
        Invoke-McpTool add_pet -nameValue Rex | Should -BeNullOrEmpty
        Start-McpRuntime -Transport Stdio -Wait | Should -BeNullOrEmpty
        $WhatIfPreference = $false
        Get-State | Should -Be $before
    }

    It 'is tested for every command that has it' -TestCases @{ Tested = @($cases.Name | Sort-Object -Unique); Able = $able } {
        $Able | Sort-Object | Should -Be $Tested
    }

    It 'sees what the same lines do without it' {
        $before = Get-State
        $null = Invoke-McpTool add_pet -nameValue Rex
        $now = Get-State
        ($now -like 'requests: *') | Should -Not -Be ($before -like 'requests: *')
        (Get-Content (Join-Path $vault 'asked')).Count | Should -BeGreaterThan 0
        { Connect-McpServer -Command $program } | Should -Throw
        Test-Path $mark | Should -BeTrue
    }
}
