BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{
        'GET /pets/7' = @{ Body = '{"done":"get"}' }; 'DELETE /pets/7' = @{ Body = '{"done":"delete"}' }
        'POST /pets' = @{ Body = '{"done":"post"}' }; 'POST /purge' = @{ Body = '{"done":"purge"}' }
    }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url -Tail @'
  - name: delete_pet
    description: Deletes a pet.
    endpoint: DELETE /pets/{id}
    arguments: { id: { in: path, name: id } }
    # A document may not call this harmless.
    annotations: { destructive: false }
    input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
  - name: purge
    description: Deletes all pets.
    endpoint: POST /purge
    annotations: { destructive: true }
    input_schema: { type: object }
'@
    # Tests run with -NonInteractive: where PowerShell would ask, the call is an error.
    function Test-Call([scriptblock] $Call) {
        $upstream.Requests.Clear()
        try { (& $Call).done } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
        $upstream.Requests.Count
    }
    $calls = @{
        reads = { Invoke-McpTool get_pet -id 7 @more }
        writes = { Invoke-McpTool add_pet -nameValue Rex @more }
        deletes   = { Invoke-McpTool delete_pet -id 7 @more }
        destroys = { Invoke-McpTool purge @more }
    }
    # add_pet needs a credential elsewhere; here it is the request that counts.
    (Get-Content (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'petstore.yaml')) -notmatch 'security: \[ ' | Set-Content (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'petstore.yaml')
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Confirmation' {
    It 'is asked with $ConfirmPreference <Preference> for <Asks>' -TestCases @(
        @{ Preference = 'None'; Asks = @() }
        @{ Preference = 'High'; Asks = 'deletes', 'destroys' }
        @{ Preference = 'Medium'; Asks = 'writes', 'deletes', 'destroys' }
        @{ Preference = 'Low'; Asks = 'writes', 'deletes', 'destroys' }
    ) {
        $ConfirmPreference = $Preference
        $more = @{}
        $asked = foreach ($kind in 'reads', 'writes', 'deletes', 'destroys') {
            $answer, $count = Test-Call $calls[$kind]
            if ($answer -eq 'ConfirmationRequired') { $count | Should -Be 0; $kind }
            else { $count | Should -Be 1 -Because $kind }
        }
        @($asked) | Should -Be @($Asks)
    }

    It 'is asked for <Kind> with -Confirm, and never with -Confirm:$false' -TestCases @(
        @{ Kind = 'reads'; Asks = $false }
        @{ Kind = 'writes'; Asks = $true }
        @{ Kind = 'deletes'; Asks = $true }
    ) {
        $more = @{ Confirm = $true }
        (Test-Call $calls[$Kind])[0] -eq 'ConfirmationRequired' | Should -Be $Asks
        $more = @{ Confirm = $false }
        $ConfirmPreference = 'Low'
        (Test-Call $calls[$Kind])[1] | Should -Be 1
    }

    It 'of a tool of a server goes by what the server says' {
        $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine)
        try {
            $more = @{ Server = $server }
            (Test-Call $calls.reads) | Should -Be 'get', 1
            (Test-Call $calls.writes) | Should -Be 'post', 1
            (Test-Call $calls.deletes) | Should -Be 'ConfirmationRequired', 0
            (Test-Call $calls.destroys) | Should -Be 'ConfirmationRequired', 0
        }
        finally { Disconnect-McpServer $server }
    }

    It 'that cannot be asked for names the way out, <Case>' -TestCases @(
        @{ Case = 'for a tool'; Line = { Invoke-McpTool delete_pet -id 7 }; About = '*delete_pet {"id":7}*' }
        @{ Case = 'for credentials'; Line = { New-TestVault; Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText k); Remove-McpCredential petstore }; About = '*petstore: api_key*' }
    ) {
        $problem = $Line | Should -Throw -PassThru -ErrorId 'ConfirmationRequired,*'
        $problem.Exception.Message | Should -BeLike $About
        $problem.Exception.Message | Should -BeLike '*nothing was done*-Confirm:$false*'
        $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It 'that cannot be asked for is an error, too, where the input has ended' {
        $script = "Import-Module '$env:TEST_MODULE'; try { Invoke-McpTool delete_pet -id 7 } catch { `$_.FullyQualifiedErrorId }"
        $upstream.Requests.Clear()
        $said = $null | pwsh -NoProfile -Command $script
        "$said" | Should -Match 'ConfirmationRequired,McpRuntime.Cmdlets.Tools.InvokeMcpToolCommand'
        $upstream.Requests.Count | Should -Be 0
    }
}
