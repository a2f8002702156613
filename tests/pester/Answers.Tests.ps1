# Scripts get everything that an API answers, as it arrives, or an error.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    # 20,000 objects, some 3 MB, beyond every default bound for models.
    $many = '[' + (@(0..19999).ForEach({ "{`"id`":$_,`"name`":`"pet number $_`",`"text`":`"$('x' * 100)`"}" }) -join ',') + ']'
    $picture = [byte[]] (0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x00, 0xFF)
    $upstream = Start-TestUpstream @{
        'GET /many' = @{ Body = $many }
        'GET /json' = @{ Body = "{ `"b`" : 1.10,`"a`":`"\u00e9<&`" ,`"n`":123456789012345678901234567890 }`n" }
        'GET /text' = @{ Body = 'plain words'; Type = 'text/plain' }
        'GET /lines' = @{ Body = "{`"id`":1}`n{`"id`":2}`n"; Type = 'application/x-ndjson' }
        'GET /picture' = @{ Bytes = $picture; Type = 'image/png' }
        'GET /wrapped' = @{ Body = '{"total":2,"items":[{"id":1},{"id":2}],"next":"p2"}' }
        'GET /numbers' = @{ Body = '[1,1.10,1e3,0.1234567890123456789012345678901234,1e400,-9223372036854775809]' }
        'GET /scalars' = @{ Body = '[1,null,"x",[2,3],true]' }
        'GET /case' = @{ Body = '[{"id":1},{"id":2,"ID":3},{"id":4}]' }
        'GET /emptykey' = @{ Body = '{"":1,"a":2}' }
        'GET /reserved' = @{ Body = '{"psobject":1}' }
        'GET /invalid' = @{ Body = '[{"id":1},{"id":2},oops]' }
        'GET /ends' = @{ Body = '[{"id":1},{"id":2},{"id"' }
        'GET /none' = @{ Status = 204; Body = '' }
        'GET /broken' = @{ Broken = '[{"id":1},{"id":2},{"id"' }
        'GET /next' = @{ Body = '[{"id":1}]'; Headers = @{ Link = '</next?page=2>; rel="next"'; 'Set-Cookie' = 'sid=1' } }
        'POST /made' = @{ Status = 201; Body = ''; Headers = @{ Location = '/made/7' } }
        'HEAD /head' = @{ Body = ''; Headers = @{ 'X-Total' = '12' } }
    }
    $null = New-Item -ItemType Directory -Force $env:MCP_RUNTIME_CONNECTORS_DIR
    $tools = 'GET /many', 'GET /json', 'GET /text', 'GET /lines', 'GET /picture', 'GET /wrapped', 'GET /scalars', 'GET /numbers', 'GET /case', 'GET /emptykey', 'GET /reserved', 'GET /invalid', 'GET /ends',
    'GET /none', 'GET /broken', 'GET /next', 'POST /made', 'HEAD /head'
    Set-Content -LiteralPath (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'answers.yaml') -Value @"
connector:
  manifest_version: 2
  name: answers
  version: 1.0.0
  title: Answers
  base_url: $($upstream.Url)
  security: []
  limits: { max_attempts: 1 }
  tools:
$($tools.ForEach({ "  - name: $(($_ -split '/')[1])`n    description: Answers.`n    endpoint: $_`n    input_schema: { type: object }" }) -join "`n")
"@
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Invoke-McpTool, its answers' {
    It 'gives all items, whatever the bound of models' {
        $all = Invoke-McpTool many
        $all.Count | Should -Be 20000
        $all[-1].id | Should -Be 19999
    }

    It 'gives each item when it has arrived, and ends when it has enough' {
        $seen = [System.Collections.Concurrent.BlockingCollection[int]]::new()
        $stream = Start-TestStream $seen
        try {
            $null = New-TestConnector streaming -BaseUrl $stream.Url
            # The server sends an item only when the one before was seen.
            Invoke-McpTool streaming__get_pet -Argument @{ id = 1 } | Select-Object -First 5 | ForEach-Object { $seen.Add($_.id); $_.id } | Should -Be 0, 1, 2, 3, 4
        }
        finally {
            Stop-TestStream $stream
            Remove-McpConnector streaming -Confirm:$false
        }
    }

    It 'returns when it is stopped while it waits for more' {
        $seen = [System.Collections.Concurrent.BlockingCollection[int]]::new()
        $stream = Start-TestStream $seen
        try {
            $null = New-TestConnector stalled -BaseUrl $stream.Url
            $begun = Join-Path $TestDrive 'begun'
            Test-Stop "Invoke-McpTool stalled__get_pet -Argument @{ id = 1 } | ForEach-Object { Set-Content '$begun' 1 }" { Test-Path $begun } | Should -BeTrue
        }
        finally {
            Stop-TestStream $stream
            Remove-McpConnector stalled -Confirm:$false
        }
    }

    It 'gives exactly the JSON with -Raw and -AsJson' {
        $exact = "{ `"b`" : 1.10,`"a`":`"\u00e9<&`" ,`"n`":123456789012345678901234567890 }`n"
        Invoke-McpTool json -Raw | Should -BeExactly $exact
        Invoke-McpTool json -AsJson | Should -BeExactly $exact
        (Invoke-McpTool many -Raw).Length | Should -Be $many.Length
        Invoke-McpTool many -AsJson | Should -BeExactly $many
        Invoke-McpTool text -AsJson | Should -BeExactly '"plain words"'
        Invoke-McpTool lines -Raw | Should -BeExactly "{`"id`":1}`n{`"id`":2}`n"
        Invoke-McpTool lines -AsJson | Should -BeExactly '[{"id":1},{"id":2}]'
    }

    It 'gives lines of JSON one by one, and an object that wraps a list whole' {
        (Invoke-McpTool lines).id | Should -Be 1, 2
        $whole = Invoke-McpTool wrapped
        $whole.total, $whole.items.Count, $whole.next | Should -Be 2, 2, 'p2'
        $scalars = @(Invoke-McpTool scalars)
        $scalars.Count | Should -Be 5
        $scalars[1] | Should -BeNullOrEmpty
        $scalars[3] | Should -Be 2, 3
    }

    It 'gives numbers by their digits' {
        $numbers = Invoke-McpTool numbers
        $numbers[0] | Should -BeOfType [long]
        $numbers[1].ToString([cultureinfo]::InvariantCulture) | Should -Be '1.10'
        $numbers[2] | Should -Be 1000
        $numbers[4] | Should -Be ([bigint]::Pow(10, 400))
        $numbers[5] | Should -Be ([bigint]::Parse('-9223372036854775809'))
    }

    It 'gives nothing for an answer without a body' {
        foreach ($shape in @{}, @{ Raw = $true }, @{ AsJson = $true }, @{ AsHashtable = $true }) {
            @(Invoke-McpTool none @shape).Count | Should -Be 0
        }
    }

    It 'gives the headers of an answer without a body as an object' {
        (Invoke-McpTool made).Location | Should -Be '/made/7'
        (Invoke-McpTool head).'X-Total' | Should -Be '12'
        @(Invoke-McpTool made -AsJson).Count | Should -Be 0
    }

    It 'gives headers beside objects by -ResponseHeadersVariable only' {
        $pet = Invoke-McpTool next -ResponseHeadersVariable fields
        $pet.PSObject.Properties.Name | Should -Be 'id'
        $fields.link | Should -BeLike '*rel="next"*'
        $fields.Contains('Set-Cookie') | Should -BeFalse
        Invoke-McpTool none -ResponseHeadersVariable fields
        $fields.Count | Should -Be 0
    }

    It 'gives what is whole, and the error <Id>, for <Case>' -TestCases @(
        @{ Case = 'a transfer that breaks'; Tool = 'broken'; Ids = 1, 2; Id = 'AnswerIncomplete'; Category = 'ConnectionError' }
        @{ Case = 'a text that ends too early'; Tool = 'ends'; Ids = 1, 2; Id = 'AnswerIncomplete'; Category = 'ConnectionError' }
        @{ Case = 'a text that is not JSON'; Tool = 'invalid'; Ids = 1, 2; Id = 'AnswerInvalid'; Category = 'InvalidData' }
        @{ Case = 'keys that differ in case'; Tool = 'case'; Ids = 1; Id = 'AnswerKeysAmbiguous'; Category = 'InvalidData' }
    ) {
        (Invoke-McpTool $Tool -ErrorAction SilentlyContinue -ErrorVariable problem).id | Should -Be $Ids
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -Be "$Id,McpRuntime.Cmdlets.Tools.InvokeMcpToolCommand"
        $problem[0].CategoryInfo.Category | Should -Be $Category
        $problem[0].Exception.Message | Should -Match 'Call [0-9a-f]{12}\.$'
        $problem[0].Exception.Status | Should -Be 200
        { Invoke-McpTool $Tool -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
    }

    It 'gives hashtables with -AsHashtable, where objects cannot hold the keys' {
        { Invoke-McpTool emptykey -ErrorAction Stop } | Should -Throw '*empty key*-AsHashtable*'
        { Invoke-McpTool reserved -ErrorAction Stop } | Should -Throw '*psobject*-AsHashtable*'
        $tables = Invoke-McpTool case -AsHashtable
        $tables[1] | Should -BeOfType [hashtable]
        $tables[1]['id'], $tables[1]['ID'] | Should -Be 2, 3
        (Invoke-McpTool emptykey -AsHashtable)[''] | Should -Be 1
        (Invoke-McpTool wrapped -AsHashtable).items[1].id | Should -Be 2
    }

    It 'refuses an answer beyond -MaximumBytes' {
        Invoke-McpTool many -MaximumBytes 1000 -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AnswerTooLarge,*'
        $problem[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        (Invoke-McpTool many -MaximumBytes 100MB).Count | Should -Be 20000
    }

    It 'gives bytes with their type, and says where they are not text' {
        $content = Invoke-McpTool picture
        $content.MediaType | Should -Be 'image/png'
        $content.Data | Should -Be $picture
        foreach ($shape in @{ Raw = $true }, @{ AsJson = $true }) {
            { Invoke-McpTool picture @shape -ErrorAction Stop } | Should -Throw '*-OutFile*' -ErrorId 'AnswerNotText,*'
        }
    }

    It 'refuses shapes that exclude each other' {
        { Invoke-McpTool json -Raw -AsJson } | Should -Throw '*-Raw and -AsJson*' -ErrorId 'ParameterConflict,*'
        { Invoke-McpTool json -AsHashtable -OutFile x } | Should -Throw -ErrorId 'ParameterConflict,*'
    }
}

Describe 'Invoke-McpTool -OutFile' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $file = Join-Path $folder 'a[1].png'
        Push-Location -LiteralPath $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'writes the bytes, and nothing to the pipeline' {
        Invoke-McpTool picture -OutFile 'a[1].png' | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllBytes($file) | Should -Be $picture
        Invoke-McpTool many -OutFile many.json
        [System.IO.File]::ReadAllText((Join-Path $folder 'many.json')) | Should -BeExactly $many
        (Get-ChildItem -LiteralPath $folder -Force).Count | Should -Be 2
    }

    It 'replaces a file only with -Force, and asks nothing of the API before' {
        Set-Content -LiteralPath $file 'mine' -NoNewline
        $before = $upstream.Requests.Count
        { Invoke-McpTool picture -OutFile $file -ErrorAction Stop } | Should -Throw '*-Force*' -ErrorId 'FileExists,*'
        $upstream.Requests.Count | Should -Be $before
        Get-Content -LiteralPath $file | Should -Be 'mine'
        Invoke-McpTool picture -OutFile $file -Force
        [System.IO.File]::ReadAllBytes($file) | Should -Be $picture
    }

    It 'leaves nothing of an answer that breaks, and an older file as it was' {
        Invoke-McpTool broken -OutFile new.json -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AnswerIncomplete,*'
        Invoke-McpTool many -OutFile new.json -MaximumBytes 1000 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AnswerTooLarge,*'
        Get-ChildItem -LiteralPath $folder -Force | Should -BeNullOrEmpty
        Set-Content -LiteralPath $file 'mine' -NoNewline
        Invoke-McpTool broken -OutFile $file -Force -ErrorAction SilentlyContinue
        Get-Content -LiteralPath $file | Should -Be 'mine'
    }

    It 'writes nothing with -WhatIf, and says so where there is no body' {
        Invoke-McpTool picture -OutFile $file -WhatIf
        Invoke-McpTool none -OutFile $file -WarningAction SilentlyContinue -WarningVariable warned
        $warned | Should -BeLike '*no body*'
        Get-ChildItem -LiteralPath $folder -Force | Should -BeNullOrEmpty
    }

    It 'refuses <Case> with <Id>' -TestCases @(
        @{ Case = 'a folder'; Path = '.'; Id = 'PathNotUsable' }
        @{ Case = 'a folder that is not there'; Path = 'none/x.png'; Id = 'PathNotFound' }
        @{ Case = 'another provider'; Path = 'env:x'; Id = 'ProviderNotSupported' }
        @{ Case = 'a device'; Path = '/dev/null'; Id = 'PathNotUsable' }
    ) {
        if ($Path -like '/dev/*' -and $IsWindows) { Set-ItResult -Skipped -Because 'Windows has no such path' }
        Invoke-McpTool picture -OutFile $Path -Force -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'holds one answer' {
        1..2 | ForEach-Object { @{} } | Invoke-McpTool picture -OutFile $file -Force -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
    }
}

Describe 'Answers of a running server' {
    BeforeAll { $server = Start-McpRuntime -Transport Stdio }
    AfterAll { $server | Remove-Job -Force }

    It 'are an error where the server cut them' {
        Invoke-McpTool many -Runtime $server -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AnswerTruncated,*'
        $problem[0].Exception.Message | Should -BeLike '*max_response_bytes*-Runtime*'
    }

    It 'are otherwise those of this session' {
        Invoke-McpTool none -Runtime $server | Should -BeNullOrEmpty
        (Invoke-McpTool made -Runtime $server).Location | Should -Be '/made/7'
        (Invoke-McpTool wrapped -Runtime $server).items.Count | Should -Be 2
        Invoke-McpTool json -Runtime $server -Raw | Should -BeLike '{ "b" : 1.10*'
        (Invoke-McpTool picture -Runtime $server).Data | Should -Be $picture
        Invoke-McpTool picture -Runtime $server -OutFile (Join-Path $TestDrive 'server.png')
        [System.IO.File]::ReadAllBytes((Join-Path $TestDrive 'server.png')) | Should -Be $picture
        { Invoke-McpTool wrapped -Runtime $server -MaximumBytes 10 -ErrorAction Stop } | Should -Throw -ErrorId 'AnswerTooLarge,*'
    }
}
