# The arguments of a tool as parameters: their types, what completion offers for them, and what is missing.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{ 'POST /values' = @{ Body = '{}' } }
    $names = 'state', 'sort', 'level', 'shared', 'maybe', 'either', 'merged', 'states', 'levels', 'draft', 'ready', 'tri', 'price', 'age', 'id', 'big', 'link', 'address', 'people', 'tags', 'tag', 'upload', 'any', 'mixed', 'kind', 'size'
    $null = New-Item -ItemType Directory -Force $env:MCP_RUNTIME_CONNECTORS_DIR
    Set-Content -LiteralPath (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'typed.yaml') -Value @"
connector:
  manifest_version: 2
  name: typed
  version: 1.0.0
  title: Types
  base_url: $($upstream.Url)
  security: []
  definitions:
    State: { type: string, enum: [open, in review, closed], description: Where it is. }
    Person: { type: object, properties: { name: { type: string } } }
    Count: { type: integer, format: int32 }
  tools:
  - name: set_values
    description: Takes values.
    endpoint: POST /values
    arguments:
$($names.ForEach({ "      ${_}: { in: body, name: $_ }" }) -join "`n")
    body: { content_type: application/json }
    input_schema:
      type: object
      required: [state, draft, id, kind, size]
      properties:
        state: { type: string, enum: [open, "it's", closed], description: "State of it.\n\nMore about the state." }
        sort: { type: string, enum: [-created, "01", "true", "a b"] }
        level: { type: integer, enum: [1, 2, 30] }
        shared: { `$ref: '#/definitions/State' }
        maybe: { anyOf: [ { `$ref: '#/definitions/State' }, { type: 'null' } ] }
        either: { oneOf: [ { const: left }, { const: right } ] }
        merged: { allOf: [ { `$ref: '#/definitions/State' }, { enum: [open, closed, other] } ] }
        states: { type: array, items: { `$ref: '#/definitions/State' } }
        levels: { type: [array, 'null'], items: { `$ref: '#/definitions/Count' } }
        draft: { type: boolean }
        ready: { type: boolean, default: true }
        tri: { type: [boolean, 'null'] }
        price: { type: number }
        age: { `$ref: '#/definitions/Count' }
        id: { type: integer, format: int64 }
        big: { type: integer, maximum: 18446744073709551615 }
        link: { type: [string, 'null'], format: uri }
        address: { allOf: [ { `$ref: '#/definitions/Person' } ] }
        people: { type: array, items: { oneOf: [ { type: 'null' }, { `$ref: '#/definitions/Person' } ] } }
        tags: { type: array, items: { type: string } }
        tag: { oneOf: [ { type: string }, { type: array, items: { type: string } } ] }
        upload: { type: object, properties: { filename: { type: string }, text: { type: string }, base64: { type: string } } }
        any: {}
        mixed: { type: [string, integer] }
        kind: { const: pet }
        size: { type: string, default: small }
"@
    $offered = (Get-Command Invoke-McpTool -ArgumentList set_values).Parameters

    function Get-Body { @($upstream.Requests.ToArray())[-1].Body }
    function Get-Tip([string] $Line) { (Get-CompletionMatch $Line).ToolTip }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'The type of a parameter' {
    It 'is [<Type>] for <Name>' -TestCases @(
        @{ Name = 'state'; Type = 'string' }
        @{ Name = 'level'; Type = 'long' }
        @{ Name = 'shared'; Type = 'string' }
        @{ Name = 'maybe'; Type = 'string' }
        @{ Name = 'either'; Type = 'string' }
        @{ Name = 'merged'; Type = 'string' }
        @{ Name = 'states'; Type = 'string[]' }
        @{ Name = 'levels'; Type = 'int[]' }
        @{ Name = 'draft'; Type = 'switch' }
        @{ Name = 'ready'; Type = 'switch' }
        @{ Name = 'tri'; Type = 'switch' }
        @{ Name = 'price'; Type = 'decimal' }
        @{ Name = 'age'; Type = 'int' }
        @{ Name = 'id'; Type = 'long' }
        @{ Name = 'big'; Type = 'bigint' }
        @{ Name = 'link'; Type = 'uri' }
        @{ Name = 'address'; Type = 'hashtable' }
        @{ Name = 'people'; Type = 'hashtable[]' }
        @{ Name = 'tags'; Type = 'string[]' }
        @{ Name = 'tag'; Type = 'string[]' }
        @{ Name = 'upload'; Type = 'object' }
        @{ Name = 'any'; Type = 'object' }
        @{ Name = 'mixed'; Type = 'object' }
    ) {
        $offered.$Name.ParameterType | Should -Be ([type] $Type)
        # What is missing is told by the call, because -Argument and the pipeline may bring it.
        $offered.$Name.Attributes.Mandatory | Should -Not -Contain $true
    }

    It 'does not narrow what may be given: <Name>' -TestCases @(
        @{ Name = 'address'; Value = { [pscustomobject]@{ name = 'Ada' } }; Json = '{"name":"Ada"}' }
        @{ Name = 'address'; Value = { [ordered]@{ b = 1; a = 2 } }; Json = '{"b":1,"a":2}' }
        @{ Name = 'address'; Value = { '{"name":"Ada"}' }; Json = '{"name":"Ada"}' }
        @{ Name = 'people'; Value = { @([pscustomobject]@{ name = 'Ada' }, @{ name = 'Bo' }) }; Json = '[{"name":"Ada"},{"name":"Bo"}]' }
        @{ Name = 'people'; Value = { @{ name = 'Bo' } }; Json = '[{"name":"Bo"}]' }
        @{ Name = 'tag'; Value = { 'a' }; Json = '"a"' }
        @{ Name = 'tag'; Value = { 'a', 'b' }; Json = '["a","b"]' }
        @{ Name = 'tags'; Value = { 1, 'b' }; Json = '["1","b"]' }
        @{ Name = 'levels'; Value = { [bigint]::Parse('12345678901') }; Json = '[12345678901]' }
        @{ Name = 'age'; Value = { '5' }; Json = '5' }
        @{ Name = 'age'; Value = { 12345678901 }; Json = '12345678901' }
        @{ Name = 'link'; Value = { '/a b' }; Json = '"/a b"' }
        @{ Name = 'maybe'; Value = { $null }; Json = 'null' }
        @{ Name = 'mixed'; Value = { 5 }; Json = '5' }
        @{ Name = 'mixed'; Value = { '5' }; Json = '"5"' }
        @{ Name = 'any'; Value = { @{ a = 1 } }; Json = '{"a":1}' }
    ) {
        $arguments = @{ $Name = & $Value }
        $null = Invoke-McpTool set_values -state open -draft -id 1 @arguments
        Get-Body | Should -BeLike "*`"$Name`":$([WildcardPattern]::Escape($Json))*"
    }

    It 'is a switch for a boolean, which sends false and null after a colon' {
        $null = Invoke-McpTool set_values -state open -id 1 -draft
        (Get-Body | ConvertFrom-Json).draft | Should -BeTrue
        $null = Invoke-McpTool set_values -state open -id 1 -draft:$false -ready:$false -tri:$null
        Get-Body | Should -BeLike '*"draft":false*'
        Get-Body | Should -BeLike '*"ready":false*'
        Get-Body | Should -BeLike '*"tri":null*'
        $null = Invoke-McpTool set_values -state open -id 1 -draft -tri
        Get-Body | Should -BeLike '*"tri":true*'
        Get-Body | Should -Not -BeLike '*ready*'
    }

    It 'says how a switch gets its value' {
        $before = $upstream.Requests.Count
        { Invoke-McpTool set_values -state open -id 1 -draft $false } | Should -Throw -ExpectedMessage '*after a colon*-draft:$false*'
        $upstream.Requests.Count | Should -Be $before
    }
}

Describe 'Completion of a value' {
    It 'offers <Expected> for <Line>' -TestCases @(
        @{ Line = '-state '; Expected = 'open', "'it''s'", 'closed' }
        @{ Line = '-state CL'; Expected = , 'closed' }
        @{ Line = '-state "it'; Expected = , "'it''s'" }
        @{ Line = '-sort '; Expected = "'-created'", "'01'", 'true', "'a b'" }
        @{ Line = '-level '; Expected = '1', '2', '30' }
        @{ Line = '-level 3'; Expected = , '30' }
        @{ Line = '-shared '; Expected = 'open', "'in review'", 'closed' }
        @{ Line = '-maybe c'; Expected = , 'closed' }
        @{ Line = '-either '; Expected = 'left', 'right' }
        @{ Line = '-merged '; Expected = 'open', 'closed' }
        @{ Line = '-states '; Expected = 'open', "'in review'", 'closed' }
        @{ Line = '-states open, '; Expected = 'open', "'in review'", 'closed' }
        @{ Line = '-states open, cl'; Expected = , 'closed' }
        @{ Line = '-kind '; Expected = , 'pet' }
    ) {
        Get-Completion "Invoke-McpTool set_values $Line" | Should -Be $Expected
    }

    It 'never offers names of files for an argument with choices' {
        Get-Completion 'Invoke-McpTool set_values -state none' | Should -BeNullOrEmpty
        Get-Completion 'Invoke-McpTool set_values -states open, none' | Should -BeNullOrEmpty
        Get-Completion 'Invoke-McpTool none -state ' | Should -Not -Contain 'open'
    }

    It 'writes a line that PowerShell reads as the value' {
        $null = Invoke-Expression "Invoke-McpTool set_values -draft -id 1 -state $(@(Get-Completion 'Invoke-McpTool set_values -state it')[0]) -sort $(@(Get-Completion 'Invoke-McpTool set_values -sort ')[0])"
        (Get-Body | ConvertFrom-Json).state | Should -Be "it's"
        (Get-Body | ConvertFrom-Json).sort | Should -Be '-created'
    }
}

Describe 'The tip of a parameter' {
    It 'has its type, that it is required, and the first words about it' {
        Get-Tip 'Invoke-McpTool set_values -state' | Should -Contain '[string] state - Required. State of it.'
        Get-Tip 'Invoke-McpTool set_values -dra' | Should -Be '[switch] draft - Required.'
        Get-Tip 'Invoke-McpTool set_values -shar' | Should -Be '[string] shared - Where it is.'
        # The call fills in an only value and a default.
        Get-Tip 'Invoke-McpTool set_values -ki' | Should -Be '[string] kind'
    }
}

Describe 'What is missing' {
    It 'is one error that names all of it with types, and nothing is sent' {
        $before = $upstream.Requests.Count
        Invoke-McpTool set_values -price 1 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -Be 'ArgumentMissing,McpRuntime.Cmdlets.Tools.InvokeMcpToolCommand'
        $problem[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $problem[0].Exception.Message | Should -BeLike "'set_values' needs -state <string>, -draft <switch> and -id <long>. Get-McpTool set_values -Full*"
        $upstream.Requests.Count | Should -Be $before
    }

    It 'is named together with what the tool does not have' {
        Invoke-McpTool set_values -Argument @{ stat = 'open'; id = 1; draft = $true } -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -BeLike "'set_values' needs -state <string>. It has no argument 'stat'. *"
    }

    It 'may come from the line, -Argument and the pipeline together' {
        $null = [pscustomobject]@{ State = 'open' } | Invoke-McpTool set_values -Argument @{ ID = 7 } -draft
        Get-Body | ConvertFrom-Json | Select-Object state, id, draft | ConvertTo-Json -Compress | Should -Be '{"state":"open","id":7,"draft":true}'
        Invoke-McpTool set_values -Argument @{ id = 7 } -draft -WhatIf -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -BeLike "'set_values' needs -state <string>. *"
    }
}
