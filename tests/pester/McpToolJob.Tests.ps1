# Invoke-McpTool -AsJob.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    New-TestVault
    $upstream = Start-TestUpstream @{
        'GET /pets/7'   = @{ Body = '{"id":7,"name":"Rex"}' }
        'GET /pets/8'   = @{ Body = '[{"id":8},{"id":9}]' }
        'GET /pets/422' = @{ Status = 422; Type = 'application/problem+json'; Body = '{"title":"Bad pet"}' }
        'GET /pets/99'  = @{ Body = '{}'; Hold = $true }
        'POST /pets'    = @{ Status = 201; Body = '{"ok":true}' }
    }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url -Tail @'
  - name: delete_pet
    description: Deletes a pet.
    endpoint: DELETE /pets/{id}
    arguments: { id: { in: path, name: id } }
    input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
'@
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'topsecret-0815')
}

AfterAll {
    Get-Job | Where-Object PSJobTypeName -EQ McpTool | Remove-Job -Force
    Stop-TestUpstream $upstream
}

Describe 'Invoke-McpTool -AsJob' {
    It 'gives a job whose output is the answer' {
        $job = Invoke-McpTool get_pet -id 7 -AsJob
        $job | Should -BeOfType [System.Management.Automation.Job]
        $job.PSJobTypeName | Should -Be 'McpTool'
        $job.Command | Should -Be 'Invoke-McpTool get_pet'
        ($job | Wait-Job -Timeout $hangGuard | Receive-Job).name | Should -Be 'Rex'
        $job.State | Should -Be 'Completed'
        $job.HasMoreData | Should -BeFalse
        (Get-Job -Id $job.Id).Id | Should -Be $job.Id
        Remove-Job $job
        Get-Job -Id $job.Id -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'makes one job of what the pipeline brings, in its order, and goes on after an error' {
        $job = 7, 422, 8 | Invoke-McpTool get_pet -AsJob
        @($job).Count | Should -Be 1
        $answers = $job | Wait-Job -Timeout $hangGuard | Receive-Job -ErrorAction SilentlyContinue -ErrorVariable problem
        $answers.id | Should -Be 7, 8, 9
        $job.State | Should -Be 'Completed'
        $problem.FullyQualifiedErrorId | Should -Be 'UpstreamRefused,McpRuntime.Cmdlets.Tools.InvokeMcpToolCommand'
        $problem.Exception.Status | Should -Be 422
        $problem.ErrorDetails.Message | Should -Be 'HTTP 422: Bad pet'
        $job = Get-McpTool get_pet | Invoke-McpTool -Argument @{ id = 7 } -AsJob
        ($job | Wait-Job -Timeout $hangGuard | Receive-Job).name | Should -Be 'Rex'
    }

    It 'gives items while they arrive, and ends when it is stopped' {
        $seen = [System.Collections.Concurrent.BlockingCollection[int]]::new()
        $stream = Start-TestStream $seen
        try {
            $null = New-TestConnector streaming -BaseUrl $stream.Url
            $job = Invoke-McpTool streaming__get_pet -id 1 -AsJob
            0..2 | ForEach-Object {
                $id = $_
                Wait-Until { $job.Output.Count -gt $id } | Should -BeTrue
                $seen.Add($id)
            }
            $job.State | Should -Be 'Running'
            Stop-Job $job
            $job.State | Should -Be 'Stopped'
            (Receive-Job $job).id[0..2] | Should -Be 0, 1, 2
        }
        finally {
            Stop-TestStream $stream
            Remove-McpConnector streaming -Confirm:$false
        }
    }

    It 'ends a call that waits for its answer' {
        $asked = $upstream.Requests.Count
        $job = Invoke-McpTool petstore__get_pet -id 99 -AsJob
        Wait-Until { $upstream.Requests.Count -gt $asked } | Should -BeTrue
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        Remove-Job $job
        $job = Invoke-McpTool petstore__get_pet -id 99 -AsJob -TimeoutSec 1
        $null = $job | Wait-Job -Timeout $hangGuard | Receive-Job -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'UpstreamTimeout,*'
    }

    It 'takes what the command takes' {
        $job = Invoke-McpTool get_pet -id 7 -AsJob -Raw -Verbose
        $null = Wait-Job $job -Timeout $hangGuard
        $job.Verbose[0].Message | Should -BeLike 'GET */pets/7: 200 OK after *'
        Receive-Job $job | Should -Be '{"id":7,"name":"Rex"}'
        $file = Join-Path $TestDrive 'pet.json'
        Push-Location $TestDrive
        try { $null = Invoke-McpTool get_pet -id 7 -AsJob -OutFile pet.json | Wait-Job -Timeout $hangGuard | Receive-Job }
        finally { Pop-Location }
        Get-Content -Raw $file | Should -Be '{"id":7,"name":"Rex"}'
        $job = 422, 7 | Invoke-McpTool get_pet -AsJob -ErrorAction Stop
        $null = Wait-Job $job -Timeout $hangGuard
        $job.State | Should -Be 'Failed'
        { Receive-Job $job -ErrorAction Stop } | Should -Throw '*Bad pet*'
        $job = Invoke-McpTool get_pet -id 7 -AsJob -ErrorAction Stop
        ($job | Wait-Job -Timeout $hangGuard | Receive-Job).name | Should -Be 'Rex'
    }

    It 'uses the vault, and shows its secret nowhere' {
        $job = Invoke-McpTool add_pet -nameValue 'argument-4711' -AsJob -Verbose -Debug
        $null = Wait-Job $job -Timeout $hangGuard
        $upstream.Requests.ToArray()[-1].Key | Should -Be 'topsecret-0815'
        $known = ($job | Format-List * | Out-String -Width 4000) + ($job.Verbose + $job.Debug | Out-String -Width 4000)
        $known | Should -Not -Match 'topsecret'
        $known | Should -Match 'X-Key: \*\*\*'
        # An argument may be a secret of its own.
        $job | Select-Object * -ExcludeProperty Verbose, Debug | Format-List | Out-String -Width 4000 | Should -Not -Match 'argument-4711'
        (Receive-Job $job).ok | Should -BeTrue
    }

    It 'calls tools of servers' {
        $server = Start-McpRuntime -Transport Stdio
        try { (Invoke-McpTool get_pet -Runtime $server -id 7 -AsJob | Wait-Job -Timeout $hangGuard | Receive-Job).name | Should -Be 'Rex' }
        finally { $server | Remove-Job -Force }
    }

    It 'tells here what cannot be called, and asks here' {
        $jobs = @(Get-Job).Count
        Invoke-McpTool get_pet -AsJob -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'ArgumentMissing,*'
        Invoke-McpTool get_pet -id 7 -AsJob -WhatIf | Should -BeNullOrEmpty
        pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; try { Invoke-McpTool delete_pet -id 7 -AsJob } catch { $_.FullyQualifiedErrorId }' |
            Should -BeLike 'ConfirmationRequired,*'
        @(Get-Job).Count | Should -Be $jobs
    }

    It 'has no variables of this session: <Parameter>' -TestCases @(@{ Parameter = '-StatusCodeVariable' }, @{ Parameter = '-ResponseHeadersVariable' }) {
        { & ([scriptblock]::Create("Invoke-McpTool get_pet -id 7 -AsJob $Parameter x")) } | Should -Throw "-AsJob and $Parameter cannot be used together." -ErrorId 'ParameterConflict,*'
    }

    It 'ends with the session' {
        $asked = $upstream.Requests.Count
        $began = Join-Path $TestDrive 'began'
        $script = "Import-Module `$env:TEST_MODULE; `$job = Invoke-McpTool petstore__get_pet -id 99 -AsJob; `$job.State; while (-not (Test-Path '$began')) { Start-Sleep -Milliseconds 50 }; 'over'"
        $process = Start-ThreadJob { pwsh -NoProfile -NonInteractive -Command $using:script }
        Wait-Until { $upstream.Requests.Count -gt $asked } | Should -BeTrue
        Set-Content $began 1
        $process | Wait-Job -Timeout $hangGuard | Receive-Job | Should -Be 'Running', 'over'
    }
}
