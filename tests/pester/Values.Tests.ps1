# Values by the schema, not by the culture: the request is the same however a value was given.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    # A culture that writes neither dates nor numbers as JSON does.
    [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('de-DE')
    $upstream = Start-TestUpstream @{ 'POST /values' = @{ Body = '{}' } }
    $null = New-Item -ItemType Directory -Force $env:MCP_RUNTIME_CONNECTORS_DIR
    $names = 'text', 'day', 'moment', 'clock', 'span', 'link', 'choice', 'state', 'flag', 'flagtext', 'bytes', 'count', 'ratio', 'epoch', 'upload', 'many', 'days', 'thing', 'free', 'either', 'shared', 'maybe'
    Set-Content -LiteralPath (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'values.yaml') -Value @"
connector:
  manifest_version: 2
  name: values
  version: 1.0.0
  title: Values
  base_url: $($upstream.Url)
  security: []
  definitions:
    Day: { type: string, format: date }
    Thing:
      type: object
      properties:
        id: { type: integer }
        born: { `$ref: '#/definitions/Day' }
        seen: { type: string, format: date-time }
        parts: { type: array, items: { type: object, properties: { since: { type: string, format: date } } } }
  tools:
  - name: set_values
    description: Takes values.
    endpoint: POST /values
    arguments:
$($names.ForEach({ "      ${_}: { in: body, name: $_ }" }) -join "`n")
    body: { content_type: application/json }
    input_schema:
      type: object
      properties:
        text: { type: string }
        day: { type: string, format: date }
        moment: { type: string, format: date-time }
        clock: { type: string, format: time }
        span: { type: string, format: duration }
        link: { type: string, format: uri }
        choice: { type: string, enum: [monday, tuesday] }
        state: { type: string, enum: [Open, closed] }
        flag: { type: boolean }
        flagtext: { type: string, enum: ['true', 'false'] }
        bytes: { type: string, format: byte }
        count: { type: integer }
        ratio: { type: number }
        epoch: { type: integer, format: unix-time }
        upload: { type: object, properties: { filename: { type: string }, content_type: { type: string }, text: { type: string }, base64: { type: string } } }
        many: { type: array, items: { type: string } }
        days: { type: array, items: { type: string, format: date } }
        thing: { `$ref: '#/definitions/Thing' }
        free: {}
        either: { anyOf: [ { type: string, format: date-time }, { type: 'null' } ] }
        shared: { allOf: [ { `$ref: '#/definitions/Day' } ], description: A day. }
        maybe: { type: [string, 'null'] }
"@
    Set-Content -LiteralPath (Join-Path $TestDrive 'hello.txt') -Value 'hello' -NoNewline
    # Local, and without a kind, as a cast from text makes it.
    $morning = [datetime] '2024-03-01T09:05:00'
    $offset = [datetime]::SpecifyKind($morning, 'Local').ToString('zzz')

    function Get-Body { @($upstream.Requests.ToArray())[-1].Body }

    class Pet { [string] $Name; [datetime] $Born }
    enum Level { Low = 1; High = 2 }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'A value' {
    It 'is <Json> for <Case>, by parameter, -Argument and pipeline' -TestCases @(
        @{ Case = 'a date'; Name = 'day'; Value = { $morning }; Json = { '"2024-03-01"' } }
        @{ Case = 'a date in UTC'; Name = 'day'; Value = { [datetime]::SpecifyKind($morning, 'Utc') }; Json = { '"2024-03-01"' } }
        @{ Case = 'a date with offset'; Name = 'day'; Value = { [datetimeoffset] '2024-03-01T23:00:00+05:00' }; Json = { '"2024-03-01"' } }
        @{ Case = 'DateOnly'; Name = 'day'; Value = { [DateOnly]::new(2024, 3, 1) }; Json = { '"2024-03-01"' } }
        @{ Case = 'a date by reference'; Name = 'shared'; Value = { $morning }; Json = { '"2024-03-01"' } }
        @{ Case = 'a moment'; Name = 'moment'; Value = { $morning }; Json = { "`"2024-03-01T09:05:00$offset`"" } }
        @{ Case = 'a moment in UTC'; Name = 'moment'; Value = { [datetime]::SpecifyKind($morning, 'Utc').AddMilliseconds(250) }; Json = { '"2024-03-01T09:05:00.25Z"' } }
        @{ Case = 'a moment with offset'; Name = 'moment'; Value = { [datetimeoffset] '2024-03-01T09:05:00+05:30' }; Json = { '"2024-03-01T09:05:00+05:30"' } }
        @{ Case = 'a moment or null'; Name = 'either'; Value = { [datetimeoffset] '2024-03-01T09:05:00Z' }; Json = { '"2024-03-01T09:05:00Z"' } }
        @{ Case = 'DateOnly for a moment'; Name = 'moment'; Value = { [DateOnly]::new(2024, 3, 1) }; Json = { "`"2024-03-01T00:00:00$offset`"" } }
        @{ Case = 'a date as plain text'; Name = 'text'; Value = { $morning }; Json = { '"2024-03-01T09:05:00"' } }
        @{ Case = 'a date where anything goes'; Name = 'free'; Value = { [datetime]::SpecifyKind($morning, 'Utc') }; Json = { '"2024-03-01T09:05:00Z"' } }
        @{ Case = 'Unix time'; Name = 'epoch'; Value = { [datetimeoffset] '2024-03-01T00:00:00Z' }; Json = { '1709251200' } }
        @{ Case = 'TimeOnly'; Name = 'clock'; Value = { [TimeOnly]::new(9, 5) }; Json = { '"09:05:00"' } }
        @{ Case = 'TimeSpan as a time'; Name = 'clock'; Value = { [timespan] '09:05:00' }; Json = { '"09:05:00"' } }
        @{ Case = 'TimeSpan'; Name = 'span'; Value = { [timespan] '1.02:30:00' }; Json = { '"P1DT2H30M"' } }
        @{ Case = 'Uri'; Name = 'link'; Value = { [uri] 'https://x.example/a b?c=%41' }; Json = { '"https://x.example/a b?c=%41"' } }
        @{ Case = 'an enum'; Name = 'choice'; Value = { [DayOfWeek]::Monday }; Json = { '"monday"' } }
        @{ Case = 'an enum for a number'; Name = 'count'; Value = { [Level]::High }; Json = { '2' } }
        @{ Case = 'a choice in another case'; Name = 'state'; Value = { 'OPEN' }; Json = { '"Open"' } }
        @{ Case = 'a switch'; Name = 'flag'; Value = { [switch] $true }; Json = { 'true' } }
        @{ Case = 'a bool as text'; Name = 'flagtext'; Value = { $false }; Json = { '"false"' } }
        @{ Case = 'text for a bool'; Name = 'flag'; Value = { 'false' }; Json = { 'false' } }
        @{ Case = 'bytes'; Name = 'bytes'; Value = { , [byte[]] (1, 2, 250) }; Json = { '"AQL6"' } }
        @{ Case = 'a file for bytes'; Name = 'bytes'; Value = { Get-Item (Join-Path $TestDrive 'hello.txt') }; Json = { '"aGVsbG8="' } }
        @{ Case = 'a file for text'; Name = 'text'; Value = { Get-Item (Join-Path $TestDrive 'hello.txt') }; Json = { (Join-Path $TestDrive 'hello.txt' | ConvertTo-Json) } }
        @{ Case = 'a file'; Name = 'upload'; Value = { Get-Item (Join-Path $TestDrive 'hello.txt') }; Json = { '{"filename":"hello.txt","base64":"aGVsbG8="}' } }
        @{ Case = 'bytes for a file'; Name = 'upload'; Value = { , [byte[]] (1, 2, 250) }; Json = { '{"base64":"AQL6"}' } }
        @{ Case = 'a big integer'; Name = 'count'; Value = { [bigint]::Parse('123456789012345678901234567890') }; Json = { '123456789012345678901234567890' } }
        @{ Case = 'a decimal'; Name = 'ratio'; Value = { [decimal]::Parse('0.10', [cultureinfo]::InvariantCulture) }; Json = { '0.10' } }
        @{ Case = 'a double'; Name = 'ratio'; Value = { 0.1 + 0.2 }; Json = { '0.30000000000000004' } }
        @{ Case = 'a large double'; Name = 'ratio'; Value = { 1e300 }; Json = { '1E+300' } }
        @{ Case = 'a whole double'; Name = 'count'; Value = { 1e16 }; Json = { '10000000000000000' } }
        @{ Case = 'a whole decimal'; Name = 'count'; Value = { 5.00d }; Json = { '5' } }
        @{ Case = 'text for a number'; Name = 'ratio'; Value = { '1.50' }; Json = { '1.50' } }
        @{ Case = 'a number for text'; Name = 'text'; Value = { 5 }; Json = { '"5"' } }
        @{ Case = 'a double for text'; Name = 'text'; Value = { 1.5 }; Json = { '"1.5"' } }
        @{ Case = 'one for a list'; Name = 'many'; Value = { 'a' }; Json = { '["a"]' } }
        @{ Case = 'a list'; Name = 'many'; Value = { 'a', 'b' }; Json = { '["a","b"]' } }
        @{ Case = 'one date for a list'; Name = 'days'; Value = { $morning }; Json = { '["2024-03-01"]' } }
        @{ Case = 'dates'; Name = 'days'; Value = { $morning, [DateOnly]::new(2024, 3, 2) }; Json = { '["2024-03-01","2024-03-02"]' } }
        @{ Case = 'an object by reference'; Name = 'thing'; Value = { [pscustomobject]@{ id = '7'; born = $morning; parts = @{ since = $morning } } }; Json = { '{"id":7,"born":"2024-03-01","parts":[{"since":"2024-03-01"}]}' } }
        @{ Case = 'an ordered dictionary'; Name = 'free'; Value = { [ordered]@{ b = 1; a = [ordered]@{ c = $null; d = 1.5 } } }; Json = { '{"b":1,"a":{"c":null,"d":1.5}}' } }
        @{ Case = 'an object of a class'; Name = 'free'; Value = { [Pet]@{ Name = 'Rex'; Born = [datetime]::SpecifyKind('2024-03-01', 'Utc') } }; Json = { '{"Name":"Rex","Born":"2024-03-01T00:00:00Z"}' } }
        @{ Case = 'null'; Name = 'maybe'; Value = { $null }; Json = { 'null' } }
    ) {
        $given = & $Value
        $expected = "{`"$Name`":$(& $Json)}"
        $parameters = @{ $Name = $given }
        $null = Invoke-McpTool set_values @parameters
        Get-Body | Should -BeExactly $expected
        $null = Invoke-McpTool set_values -Argument $parameters
        Get-Body | Should -BeExactly $expected
        $null = [pscustomobject] $parameters | Invoke-McpTool set_values
        Get-Body | Should -BeExactly $expected
        $null = $parameters | Invoke-McpTool set_values
        Get-Body | Should -BeExactly $expected
    }

    It 'keeps the digits that were typed' {
        $null = Invoke-McpTool set_values -count 123456789012345678901234567890 -ratio 1.10 -text 0123
        $body = Get-Body
        $body | Should -BeLike '*"count":123456789012345678901234567890*'
        $body | Should -BeLike '*"ratio":1.10*'
        $body | Should -BeLike '*"text":"0123"*'
        $null = Invoke-McpTool set_values -count 0x10
        Get-Body | Should -Be '{"count":16}'
    }

    It 'is refused where it cannot be converted, and nothing is sent' -TestCases @(
        @{ Name = 'count'; Value = { 2.5 } }
        @{ Name = 'count'; Value = { [datetime]::Now } }
        @{ Name = 'ratio'; Value = { [timespan]::FromHours(1) } }
        @{ Name = 'text'; Value = { ConvertTo-SecureString -AsPlainText 'x' } }
        @{ Name = 'bytes'; Value = { [System.IO.FileInfo] (Join-Path $TestDrive 'none.txt') } }
    ) {
        $parameters = @{ $Name = & $Value }
        $before = $upstream.Requests.Count
        { Invoke-McpTool set_values @parameters -ErrorAction Stop } | Should -Throw
        { Invoke-McpTool set_values -Argument $parameters -ErrorAction Stop } | Should -Throw
        { [pscustomobject] $parameters | Invoke-McpTool set_values -ErrorAction Stop } | Should -Throw
        $upstream.Requests.Count | Should -Be $before
    }

    It 'is found by name whatever the case' {
        $null = Invoke-McpTool set_values -Argument @{ TEXT = 'a' }
        Get-Body | Should -Be '{"text":"a"}'
        $null = [pscustomobject]@{ Text = 'a'; Day = $morning } | Invoke-McpTool set_values -TEXT 'b'
        Get-Body | Should -Be '{"text":"b","day":"2024-03-01"}'
    }

    It 'is not limited to the choices that are completed' {
        Get-Completion 'Invoke-McpTool set_values -state ' | Should -Be 'Open', 'closed'
        (Get-Command Invoke-McpTool -ArgumentList 'set_values').Parameters.shared.ParameterType | Should -Be ([string])
        (Get-Command Invoke-McpTool -ArgumentList 'set_values').Parameters.maybe.ParameterType | Should -Be ([string])
    }
}
