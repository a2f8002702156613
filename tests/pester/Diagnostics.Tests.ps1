# What Invoke-McpTool tells about a call: -Verbose, -Debug, -StatusCodeVariable, -TimeoutSec and the progress bar.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $pet = '{"id":7,"name":"Rex"}'
    $upstream = Start-TestUpstream @{
        'GET /pets/7'   = @{ Body = $pet; Headers = @{ 'X-Plain' = 'yes'; 'Set-Cookie' = 'sid=hidden-1' } }
        'GET /pets/8'   = @{ Status = 422; Type = 'application/problem+json'; Body = '{"title":"Bad pet"}' }
        'GET /pets/9'   = @(@{ Status = 503; Body = 'busy'; Type = 'text/plain' }, @{ Status = 503; Body = 'busy'; Type = 'text/plain' }, @{ Body = $pet })
        'GET /pets/10'  = @{ Body = '[' + ('"' + 'x' * 99998 + '",') * 20 + '1]' }
        'GET /pets/11'  = @{ Body = '{}'; Hold = $true }
        'GET /pets/12'  = @{ Bytes = [byte[]] (0..255); Type = 'application/octet-stream' }
        'GET /pets/13'  = @{ Status = 302; Body = ''; Headers = @{ Location = '/pets/7' } }
        'POST /pets'    = @{ Status = 201; Body = '{"echo":"topsecret-0815"}'; Headers = @{ 'X-Echo' = 'topsecret-0815' } }
    }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
    $null = New-TestConnector dead -BaseUrl http://127.0.0.1:9
    $env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE = 'topsecret-0815'
    $env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__ORIGINS = $upstream.Url

    # The messages of a stream that a line writes, one string each.
    function Get-Message([scriptblock] $Line, [type] $Type) { (& $Line *>&1).Where({ $_ -is $Type }) | ForEach-Object Message }
    function Get-Verbose([scriptblock] $Line) { Get-Message $Line ([System.Management.Automation.VerboseRecord]) }
    function Get-Debug([scriptblock] $Line) { Get-Message $Line ([System.Management.Automation.DebugRecord]) }
    $url = [regex]::Escape($upstream.Url)
}

AfterAll {
    Stop-TestUpstream $upstream
    Remove-Item Env:MCP_RUNTIME_CREDENTIAL__*
}

Describe '-Verbose' {
    It 'tells method, URL, status, time and bytes in one line' {
        Get-Verbose { Invoke-McpTool petstore__get_pet -id 7 -Verbose } | Should -Match "^GET $url/pets/7: 200 OK after \d+ ms, 21 bytes of application/json(, waited \d+ ms before)?, call [0-9a-f]{12}$"
    }

    It 'has a line for each attempt, with the waits between' {
        $said = @(Get-Verbose { Invoke-McpTool petstore__get_pet -id 9 -Verbose })
        $said.Count | Should -Be 3
        $said[0] | Should -Match "^GET $url/pets/9: 503 .+ after \d+ ms, 4 bytes of text/plain, attempt 1 of 3"
        $said[1] | Should -Match ': 503 .+attempt 2 of 3, waited \d+ ms before'
        $said[2] | Should -Match ': 200 OK .+attempt 3 of 3, waited \d+ ms before'
        # They are attempts of one call.
        @($said | ForEach-Object { ($_ -split 'call ')[1] } | Sort-Object -Unique).Count | Should -Be 1
    }

    It 'tells redirects, failures, and how a long answer arrived' {
        $said = @(Get-Verbose { Invoke-McpTool petstore__get_pet -id 13 -Verbose })
        $said[0] | Should -Match "/pets/13: 302 .+redirected to $url/pets/7"
        $said[1] | Should -Match '/pets/7: 200 OK'
        Get-Verbose { Invoke-McpTool dead__get_pet -id 1 -Verbose -ErrorAction SilentlyContinue } | Select-Object -First 1 |
            Should -Match 'GET http://127.0.0.1:9/pets/1: no answer after \d+ ms, attempt 1 of 3.*: .*refused'
        $said = @(Get-Verbose { Invoke-McpTool petstore__get_pet -id 10 -Verbose })
        $said.Count | Should -Be 2
        $said[0] | Should -Match 'the first 65,536 bytes'
        $said[1] | Should -Match '^Received 2,000,02\d bytes in \d+ ms, call [0-9a-f]{12}$'
    }

    It 'follows $VerbosePreference, and says nothing without it' {
        $VerbosePreference = 'Continue'
        @(Get-Verbose { Invoke-McpTool petstore__get_pet -id 7 }).Count | Should -Be 1
        Get-Verbose { Invoke-McpTool petstore__get_pet -id 7 -Verbose:$false } | Should -BeNullOrEmpty
        $VerbosePreference = 'SilentlyContinue'
        Get-Verbose { Invoke-McpTool petstore__get_pet -id 7 } | Should -BeNullOrEmpty
    }

    It 'tells calls of a server, downloads of an import and starts of a server' {
        $document = Start-TestUpstream @{ 'GET /old' = @{ Status = 301; Body = ''; Headers = @{ Location = '/openapi.json' } }
            'GET /openapi.json' = @{ Body = Get-Content -Raw (Join-Path $PSScriptRoot 'petstore.json') } }
        try {
            $said = @(Get-Verbose { Import-McpConnector "$($document.Url)/old" -Name imported -BaseUrl $upstream.Url -Verbose })
            $said[0] | Should -Match 'GET .+/old: 301 after \d+ ms, 0 bytes'
            $said[1] | Should -Match 'GET .+/openapi\.json: 200 after \d+ ms, [\d,]+ bytes'
        }
        finally {
            Stop-TestUpstream $document
            Remove-McpConnector imported -Confirm:$false
        }
        $script:server = $null
        (Get-Verbose { $script:server = Start-McpRuntime -Transport Stdio -Name told -Verbose })[-1] | Should -BeLike '*Start-McpRuntime -Transport Stdio -Wait*'
        try {
            Get-Verbose { Invoke-McpTool petstore__get_pet -Runtime $script:server -id 7 -Verbose } | Should -Match "^tools/call petstore__get_pet of 'told': .+ after \d+ ms, 21 bytes$"
            Get-Verbose { Invoke-McpTool petstore__get_pet -Runtime $script:server -id 8 -Verbose -ErrorAction SilentlyContinue } | Should -Match 'HTTP 422 after'
            $said = Get-Debug { Invoke-McpTool petstore__get_pet -Runtime $script:server -id 7 -Debug }
            $said[0] | Should -BeLike "*'told'*{`"id`":7}"
            $said[1] | Should -BeLike "*$pet"
        }
        finally { $script:server | Remove-Job -Force }
    }
}

Describe '-Debug' {
    It 'shows header fields and bodies as -WhatIf does, without secrets' {
        $said = @(Get-Debug { Invoke-McpTool petstore__add_pet -Argument @{ name = 'Rex topsecret-0815' } -Debug })
        $said.Count | Should -Be 2
        $said[0] | Should -BeLike "POST $($upstream.Url)/pets`n*Content-Type: application/json`n*X-Key: `*`*`*`n`n{`"name`":`"Rex `*`*`*`"}"
        $said[1] | Should -Match '(?m)^X-Echo: \*\*\*$'
        "$said" | Should -Not -Match 'topsecret'
        $said[1] | Should -Match "^201 Created\n(.+\n)+\n\{`"echo`":`"\*\*\*`"\}$"
        $said = @(Get-Debug { Invoke-McpTool petstore__get_pet -id 7 -Debug })
        $said[1] | Should -Match '(?m)^X-Plain: yes$'
        $said[1] | Should -Match '(?m)^Set-Cookie: \*\*\*$'
        "$said" | Should -Not -Match 'hidden-1'
        # The same fields as -WhatIf.
        $shown = pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; Invoke-McpTool petstore__get_pet -id 7 -WhatIf' | Out-String
        foreach ($field in ($said[0] -split "`n")[1..9].Where({ $_ })) { $shown | Should -BeLike "*-H '$field'*" }
    }

    It 'shows the beginning of a long body, and counts bytes that are not text' {
        $said = Get-Debug { Invoke-McpTool petstore__add_pet -nameValue ('é' * 10000) -Debug }
        $said[0] | Should -Match 'é{2000}'
        $said[0].Length | Should -BeLessThan 5000
        $said[0] | Should -BeLike '*(20,011 bytes in all)'
        (Get-Debug { Invoke-McpTool petstore__get_pet -id 10 -Debug })[1] | Should -BeLike '*(more follows)'
        (Get-Debug { Invoke-McpTool petstore__get_pet -id 12 -Debug })[1] | Should -BeLike '*(256 bytes of application/octet-stream)'
    }
}

Describe '-StatusCodeVariable' {
    It 'gets the status of the answer, of an error too, and nothing where there is no answer' {
        $null = Invoke-McpTool petstore__add_pet -nameValue Rex -StatusCodeVariable code
        $code | Should -Be 201
        $code | Should -BeOfType [int]
        Invoke-McpTool petstore__get_pet -id 8 -StatusCodeVariable code -ErrorAction SilentlyContinue
        $code | Should -Be 422
        Invoke-McpTool dead__get_pet -id 8 -StatusCodeVariable code -ErrorAction SilentlyContinue
        $code | Should -BeNullOrEmpty
        # In the scope of the caller, as Invoke-RestMethod has it.
        & { $null = Invoke-McpTool petstore__get_pet -id 7 -StatusCodeVariable code }
        $code | Should -BeNullOrEmpty
    }
}

Describe '-TimeoutSec' {
    It 'is the time of the whole call, and the error says so' {
        Invoke-McpTool petstore__get_pet -id 11 -TimeoutSec 1 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'UpstreamTimeout,*'
        $problem.Exception.Message | Should -BeLike '*within 1 s, the whole time of a call (-TimeoutSec)*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-TimeoutSec*'
    }

    It 'counts for an answer that stalls, too' {
        # As long as it takes until the answer has begun.
        foreach ($limit in 2, 20, 200) {
            $seen = [System.Collections.Concurrent.BlockingCollection[int]]::new()
            $stream = Start-TestStream $seen
            try {
                $null = New-TestConnector stalled -BaseUrl $stream.Url
                # One item arrives with the beginning; the next would be sent when this one was seen.
                $items = Invoke-McpTool stalled__get_pet -id 1 -TimeoutSec $limit -ErrorAction SilentlyContinue -ErrorVariable problem
            }
            finally {
                Stop-TestStream $stream
                Remove-McpConnector stalled -Confirm:$false
            }
            if ($items) { break }
        }
        $items.id | Should -Be 0
        $problem.FullyQualifiedErrorId | Should -BeLike 'UpstreamTimeout,*'
        $problem.Exception.Message | Should -BeLike "*after $limit s, the whole time of the call (-TimeoutSec)*"
    }

    It 'counts for a server' {
        $server = Start-McpRuntime -Transport Stdio -Name slow
        try {
            Invoke-McpTool petstore__get_pet -Runtime $server -id 11 -TimeoutSec 1 -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem.FullyQualifiedErrorId | Should -BeLike 'UpstreamTimeout,*'
            $problem.Exception.Message | Should -BeLike "*'slow' did not answer within 1 s (-TimeoutSec)*"
            (Invoke-McpTool petstore__get_pet -Runtime $server -id 7 -TimeoutSec 100).name | Should -Be 'Rex'
        }
        finally { $server | Remove-Job -Force }
    }

    It 'is a number of seconds' {
        { Invoke-McpTool petstore__get_pet -id 7 -TimeoutSec 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'The progress bar' {
    BeforeAll {
        # Progress records of a line in a runspace of its own.
        function Get-Progress([string] $Line) {
            $powershell = [powershell]::Create()
            try {
                $null = $powershell.AddScript("Import-Module `$env:TEST_MODULE; `$ErrorActionPreference = 'SilentlyContinue'; $Line").Invoke()
                $powershell.Streams.Progress.ReadAll()
            }
            finally { $powershell.Dispose() }
        }

        # As long as it takes: a machine that stops for some seconds shows nothing within the time of a short call.
        function Get-ProgressWithin([string] $Line) {
            foreach ($limit in 3, 30, 200) {
                $shown = @(Get-Progress "$Line -TimeoutSec $limit")
                if ($shown) { break }
            }
            $shown
        }
    }

    It 'is not shown for what is quick' {
        $line = '$watch = [System.Diagnostics.Stopwatch]::StartNew(); $null = LINE; Write-Progress -Id 99 -Activity "took $($watch.ElapsedMilliseconds)"'
        foreach ($command in 'Invoke-McpTool petstore__get_pet -id 7', 'Import-McpConnector "$env:TEST_PETSTORE" -Name quick -WhatIf') {
            # On a machine that stops for a second it was not quick.
            Wait-Until {
                $script:shown = Get-Progress $line.Replace('LINE', $command)
                [int] ($shown[-1].Activity -replace '\D') -lt 1000
            } | Should -BeTrue
            $shown.Where({ $_.ActivityId -ne 99 }) | Should -BeNullOrEmpty
        }
    }

    It 'shows a call that takes more than a second, and is removed' {
        $shown = Get-ProgressWithin 'Invoke-McpTool petstore__get_pet -id 11'
        $shown[0].Activity | Should -Be 'Calling petstore__get_pet'
        $shown[0].StatusDescription | Should -Be "GET $($upstream.Url)/pets/11"
        $shown[-1].RecordType | Should -Be 'Completed'
        @($shown.ActivityId | Sort-Object -Unique).Count | Should -Be 1
    }

    It 'shows the wait for the next attempt, and how much of an answer has arrived' {
        $waiting = Start-TestUpstream @{ 'GET /pets/1' = @(@{ Status = 503; Body = ''; Headers = @{ 'Retry-After' = '3' } }, @{ Body = '{}' }) }
        try {
            $null = New-TestConnector waiting -BaseUrl $waiting.Url
            # The first answer may take long enough to be shown, too.
            $wait = (Get-Progress 'Invoke-McpTool waiting__get_pet -id 1').Where({ $_.StatusDescription -like '503 *Waiting for the next attempt' })
            # Without a known time it is -1.
            $wait[0].SecondsRemaining | Should -BeIn 0, 1, 2, 3
        }
        finally {
            Stop-TestUpstream $waiting
            Remove-McpConnector waiting -Confirm:$false
        }
        foreach ($limit in 3, 30, 200) {
            $seen = [System.Collections.Concurrent.BlockingCollection[int]]::new()
            $stream = Start-TestStream $seen
            try {
                $null = New-TestConnector slowly -BaseUrl $stream.Url
                $received = @((Get-Progress "Invoke-McpTool slowly__get_pet -id 1 -TimeoutSec $limit").StatusDescription) -like 'Received * B'
            }
            finally {
                Stop-TestStream $stream
                Remove-McpConnector slowly -Confirm:$false
            }
            if ($received) { break }
        }
        $received | Should -Not -BeNullOrEmpty
    }

    It 'shows a server that starts slowly' {
        $script = Join-Path $TestDrive 'silent.ps1'
        Set-Content $script 'Start-Sleep 3'
        $shown = Get-Progress "Connect-McpServer -Command pwsh -CommandArgument '-NoProfile', '-File', '$script'"
        $shown[0].Activity | Should -BeLike 'Starting *'
        $shown[0].StatusDescription | Should -BeLike 'Waiting for process * to answer'
        $shown[-1].RecordType | Should -Be 'Completed'
    }

    It 'is not in the output of a script' {
        $out = Join-Path $TestDrive 'out.txt'
        pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; Invoke-McpTool petstore__get_pet -id 11 -TimeoutSec 3' *> $out
        Get-Content -Raw $out | Should -Not -Match 'Calling petstore__get_pet'
        Get-Content -Raw $out | Should -Match 'did not answer within 3 s'
    }
}
