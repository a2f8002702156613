# Errors name their cause, in the words of the API where it has some, and what to do.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{
        'GET /pets/7'   = @{ Body = '{"id":7,"name":"Rex"}' }
        'GET /pets/422' = @{ Status = 422; Type = 'application/problem+json'; Body = '{"title":"Bad pet","detail":"It bites.","status":422,"errors":[{"field":"name","message":"is empty"}]}' }
        'GET /pets/400' = @{ Status = 400; Body = '{"message":"Not a pet."}' }
        'GET /pets/401' = @{ Status = 401; Body = '' }
        'GET /pets/403' = @{ Status = 403; Body = '{"error":{"message":"Not yours."}}' }
        'GET /pets/409' = @{ Status = 409; Body = 'taken'; Type = 'text/plain' }
        'GET /pets/429' = @{ Status = 429; Body = '{"message":"Slowly."}'; Headers = @{ 'Retry-After' = '3600' } }
        'GET /pets/500' = @{ Status = 500; Body = '<html><title>Oops</title></html>'; Type = 'text/html' }
    }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
    function Get-Problem([string] $Text) {
        $problems = @(try { & ([scriptblock]::Create($Text)) 2>&1 } catch { $_ })
        $problems.Where({ $_ -is [System.Management.Automation.ErrorRecord] })
    }
    $invoke = 'McpRuntime.Cmdlets.Tools.InvokeMcpToolCommand'
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'A tool that is not known' {
    It 'is named, with the nearest names, whatever arguments the line has' {
        $problem = Get-Problem 'Invoke-McpTool get_pett -petId 7 -flag -other 1, 2'
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -Be "ToolNotFound,$invoke"
        $problem[0].Exception.Message | Should -BeLike "There is no tool 'get_pett' in *. Did you mean get_pet?"
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-McpTool*'
        $upstream.Requests.Count | Should -Be 0
    }

    It 'is told once, whatever comes from the pipeline' {
        @(Get-Problem '1, 2, 3 | Invoke-McpTool get_pett -verboseValue x').Count | Should -Be 1
    }

    It 'is told by -WhatIf, -AsJob and Get-McpTool, too' {
        (Get-Problem 'Invoke-McpTool get_pett -petId 7 -WhatIf').FullyQualifiedErrorId | Should -Be "ToolNotFound,$invoke"
        (Get-Problem 'Invoke-McpTool get_pett -petId 7 -AsJob').FullyQualifiedErrorId | Should -Be "ToolNotFound,$invoke"
        $problem = Get-Problem 'Get-McpTool get_pett'
        $problem.FullyQualifiedErrorId | Should -Be 'ToolNotFound,McpRuntime.Cmdlets.Tools.GetMcpToolCommand'
        $problem.Exception.Message | Should -BeLike '*Did you mean get_pet?'
    }

    It 'leaves an argument that is misspelt to PowerShell' {
        (Get-Problem 'Invoke-McpTool get_pet -petIdd 7').FullyQualifiedErrorId | Should -BeLike 'NamedParameterNotFound,*'
    }

    It 'is not offered anything by completion' {
        Get-Completion 'Invoke-McpTool get_pett -Un' | Should -Not -Contain '-UnboundArgument'
    }
}

Describe 'A name that means several tools' {
    It 'is told with the choices' {
        $null = New-TestConnector shop -BaseUrl $upstream.Url
        try {
            $problem = Get-Problem 'Invoke-McpTool Get_Pet -petId 7'
            $problem.FullyQualifiedErrorId | Should -Be "ToolAmbiguous,$invoke"
            $problem.Exception.Message | Should -BeLike '*petstore__get_pet, shop__get_pet.'
        }
        finally { Remove-McpConnector shop -Confirm:$false }
    }
}

Describe 'Names of tools in another case' {
    It 'are understood' {
        (Invoke-McpTool GET_PET -id 7).name | Should -Be 'Rex'
        (Invoke-McpTool PetStore__Get_Pet -id 7).name | Should -Be 'Rex'
        (Get-McpTool Get_Pet).Name | Should -Be 'get_pet'
        Get-Completion 'Invoke-McpTool GET_PET -i' | Should -Contain '-id'
        $shown = pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; Invoke-McpTool GET_PET -id 7 -WhatIf' | Out-String
        $shown | Should -BeLike "*What if: Call tool get_pet*Invoke-RestMethod '$($upstream.Url)/pets/7'*"
    }
}

Describe 'A manifest that cannot be read' {
    It 'is named where a tool is not found' {
        $broken = Join-Path $TestDrive 'broken'
        $null = New-TestConnector petstore -Folder $broken -Tail '  surprise: true'
        $problem = Get-Problem "Invoke-McpTool get_pet -petId 7 -ConnectorPath '$broken'"
        $problem.FullyQualifiedErrorId | Should -Be "ManifestInvalid,$invoke"
        $problem.Exception.Message | Should -BeLike '*petstore.yaml*surprise*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike "Test-McpManifest -LiteralPath '*petstore.yaml'*"
        $null = New-TestConnector shop -Folder $broken
        $problem = Get-Problem "Invoke-McpTool get_pett -petId 7 -ConnectorPath '$broken'"
        $problem.FullyQualifiedErrorId | Should -Be "ToolNotFound,$invoke"
        $problem.Exception.Message | Should -BeLike '*Did you mean get_pet?*surprise*'
    }
}

Describe 'A server that is not there' {
    It 'is named, whatever arguments the line has' {
        $server = Start-McpRuntime -Transport Stdio -Name gone
        (Get-Problem 'Invoke-McpTool get_pett -petId 7 -Runtime $server').Exception.Message | Should -BeLike "The server 'gone' has no tool 'get_pett'. Did you mean get_pet?"
        (Invoke-McpTool GET_Pet -Runtime $server -id 7).name | Should -Be 'Rex'
        Stop-McpRuntime $server
        $problem = Get-Problem 'Invoke-McpTool get_pet -petId 7 -Runtime $server'
        $problem.FullyQualifiedErrorId | Should -Be "RuntimeNotReachable,$invoke"
        $problem.Exception.Message | Should -BeLike "*'gone' is not running (Stopped)*"
        $server | Remove-Job -Force
        $session = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name ended
        $session | Disconnect-McpServer
        $problem = Get-Problem 'Invoke-McpTool get_pet -petId 7 -Server $session'
        $problem.FullyQualifiedErrorId | Should -Be "ServerNotReachable,$invoke"
        $problem.Exception.Message | Should -BeLike "*'ended'*has ended*"
    }
}

Describe 'Tools from the pipeline' {
    It 'take their arguments by -Argument, which the error says' {
        (Get-McpTool get_pet | Invoke-McpTool -Argument @{ id = 7 }).name | Should -Be 'Rex'
        $problem = Get-Problem 'Get-McpTool get_pet | Invoke-McpTool -petId 7'
        $problem.FullyQualifiedErrorId | Should -Be "ArgumentInvalid,$invoke"
        $problem.Exception.Message | Should -BeLike "'-petId' cannot be bound*-Argument @{*"
    }
}

Describe 'An error of the API' {
    It 'has the API''s own words, and what to do: <Status>' -TestCases @(
        @{ Status = 422; Words = "HTTP 422: Bad pet`nIt bites.`n- name: is empty"; Action = '*Get-McpTool get_pet*-WhatIf*' }
        @{ Status = 400; Words = 'HTTP 400: Not a pet.'; Action = '*Get-McpTool get_pet*' }
        @{ Status = 401; Words = ''; Action = "*Set-McpCredential 'petstore'*" }
        @{ Status = 403; Words = 'HTTP 403: Not yours.'; Action = '*permission*' }
        @{ Status = 404; Words = 'HTTP 404: No such thing'; Action = '*-WhatIf shows the resulting URL*' }
        @{ Status = 409; Words = 'HTTP 409: taken'; Action = '*changed or exists*' }
        @{ Status = 429; Words = 'HTTP 429: Slowly.'; Action = '*after 3600 s*' }
        @{ Status = 500; Words = 'HTTP 500: Oops'; Action = '*-Verbose*-Debug*' }
    ) {
        $problem = Get-Problem "Invoke-McpTool get_pet -id $Status"
        $problem.ErrorDetails.Message | Should -Be $Words
        $problem.ErrorDetails.RecommendedAction | Should -BeLike $Action
        $problem.Exception.Detail | Should -Be ($Words ? $Words.Substring(10) : $null)
        $problem.Exception.Status | Should -Be $Status
        $problem.Exception.CallId | Should -Match '^[0-9a-f]{12}$'
        $problem.Exception.Message | Should -BeLike "*HTTP $Status*GET /pets/{id}*"
    }

    It 'has them from a server of this runtime, too' {
        $server = Start-McpRuntime -Transport Stdio
        try {
            $problem = Get-Problem 'Invoke-McpTool get_pet -id 422 -Runtime $server'
            $problem.ErrorDetails.Message | Should -Be "HTTP 422: Bad pet`nIt bites.`n- name: is empty"
            $problem.FullyQualifiedErrorId | Should -Be "UpstreamRefused,$invoke"
            (Get-Problem 'Invoke-McpTool add_pet -nameValue Rex -Runtime $server').FullyQualifiedErrorId | Should -Be "CredentialMissing,$invoke"
        }
        finally { $server | Remove-Job -Force }
    }
}

Describe 'A call that is refused before it is sent' {
    It 'has an id of its own: <Id>' -TestCases @(
        @{ Id = 'CredentialMissing'; Category = 'AuthenticationError'; Origin = $null; Action = "*Set-McpCredential 'petstore'*" }
        @{ Id = 'OriginNotApproved'; Category = 'PermissionDenied'; Origin = 'https://other.example'; Action = '*-Force*' }
    ) {
        if ($Origin) {
            $env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE = 'k-1'
            $env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__ORIGINS = $Origin
        }
        try { $problem = Get-Problem 'Invoke-McpTool add_pet -nameValue Rex' }
        finally { Remove-Item Env:MCP_RUNTIME_CREDENTIAL__* }
        $problem.FullyQualifiedErrorId | Should -Be "$Id,$invoke"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.ErrorDetails.RecommendedAction | Should -BeLike $Action
    }

    It 'says VaultLocked where a vault is locked, in this session and in servers' {
        New-TestVault
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
        Lock-TestVault
        try {
            $script = @'
Import-Module $env:TEST_MODULE
Invoke-McpTool add_pet -nameValue Rex -ErrorAction SilentlyContinue -ErrorVariable e; $e.FullyQualifiedErrorId; $e.ErrorDetails.RecommendedAction
$server = Start-McpRuntime -Transport Stdio
Invoke-McpTool add_pet -nameValue Rex -Runtime $server -ErrorAction SilentlyContinue -ErrorVariable e; $e.FullyQualifiedErrorId
(Invoke-McpTool add_pet -nameValue Rex -AsJob | Wait-Job | Receive-Job -ErrorAction SilentlyContinue -ErrorVariable e); $e.FullyQualifiedErrorId
(Test-McpCredential petstore).ProblemId
'@
            $said = pwsh -NoProfile -NonInteractive -Command $script
            $said[0] | Should -Be "VaultLocked,$invoke"
            $said[1] | Should -BeLike '*Unlock-SecretVault*'
            $said[2] | Should -Be "VaultLocked,$invoke"
            $said[3] | Should -Be "VaultLocked,$invoke"
            $said[4] | Should -Be 'VaultLocked'
        }
        finally { Unlock-TestVault }
    }
}
