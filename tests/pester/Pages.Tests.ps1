# Lists with pages: -All, -First and -Skip of Invoke-McpTool.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    function Get-Page([int] $From, [int] $To, $Next) {
        $items = ($From..$To).ForEach({ "{`"id`":$_}" }) -join ','
        $link = $Next ? '"' + $Next + '"' : 'null'
        @{ Body = '{"data":[' + $items + '],"next":' + $link + '}' }
    }
    $upstream = Start-TestUpstream @{
        'GET /things' = Get-Page 1 3 '/things2'
        'GET /things2' = Get-Page 3 5 '/things3'
        'GET /things3' = Get-Page 6 7 $null
        'GET /broken' = Get-Page 1 3 '/broken2'
        'GET /broken2' = @{ Status = 500; Body = '{"title":"Out of order"}' }
        'GET /away' = Get-Page 1 3 'https://elsewhere.test/things'
        'GET /plain' = @{ Body = '[1]' }
    }
    $null = New-Item -ItemType Directory -Force $env:MCP_RUNTIME_CONNECTORS_DIR
    $paging = 'pagination: { style: next_url, items: /data, next: /next, id: id }'
    $tools = @{ things = $paging; broken = $paging; away = $paging; plain = 'annotations: { read_only: true }' }
    Set-Content -LiteralPath (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'pages.yaml') -Value @"
connector:
  manifest_version: 2
  name: pages
  version: 1.0.0
  title: Pages
  base_url: $($upstream.Url)
  security: []
  limits: { max_attempts: 1 }
  tools:
$($tools.GetEnumerator().ForEach({ "  - { name: $($_.Key), description: Pages., endpoint: GET /$($_.Key), input_schema: { type: object }, $($_.Value) }" }) -join "`n")
  - name: own
    description: Has arguments of the same names.
    endpoint: "GET /things#own"
    arguments: { skip: { in: query, name: skip } }
    input_schema: { type: object, properties: { skip: { type: integer } } }
    $paging
"@
    function Get-Target { $upstream.Requests.ToArray().Target }
    function Clear-Target { $upstream.Requests.Clear() }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Invoke-McpTool, lists with pages' {
    BeforeEach { Clear-Target }

    It 'gives the answer as it is without -All' {
        (Invoke-McpTool things).data.Count | Should -Be 3
        Get-Target | Should -Be '/things'
    }

    It 'gives every item once with -All' {
        (Invoke-McpTool things -All).id | Should -Be (1..7)
        Get-Target | Should -Be '/things', '/things2', '/things3'
    }

    It 'asks for no more pages than -First and -Skip need' {
        (Invoke-McpTool things -First 4).id | Should -Be (1..4)
        Get-Target | Should -Be '/things', '/things2'
        Clear-Target
        (Invoke-McpTool things -Skip 2 -First 2).id | Should -Be 3, 4
        Get-Target | Should -Be '/things', '/things2'
        (Invoke-McpTool things -Skip 5).id | Should -Be 6, 7
    }

    It 'ends with Select-Object -First' {
        (Invoke-McpTool things -All | Select-Object -First 2).id | Should -Be 1, 2
        Get-Target | Should -Be '/things'
    }

    It 'gives hashtables, headers and status' {
        $items = Invoke-McpTool things -All -AsHashtable -StatusCodeVariable status
        $items[0] | Should -BeOfType [System.Collections.IDictionary]
        $status | Should -Be 200
    }

    It 'gives the pages before one that fails, and an error' {
        $items = Invoke-McpTool broken -All -ErrorAction SilentlyContinue -ErrorVariable problem -WarningAction SilentlyContinue -WarningVariable warned
        $items.id | Should -Be (1..3)
        $problem[0].Exception.Status | Should -Be 500
        "$warned" | Should -Match 'Page 2 could not be read'
    }

    It 'sends nothing to another origin' {
        $items = Invoke-McpTool away -All -WarningAction SilentlyContinue -WarningVariable warned
        $items.Count | Should -Be 3
        "$warned" | Should -Match 'another origin, https://elsewhere\.test'
    }

    It 'has the parameters for tools with pages only' {
        (Get-McpTool things).HasPages | Should -BeTrue
        (Get-McpTool plain).HasPages | Should -BeFalse
        { Invoke-McpTool plain -All } | Should -Throw "*'All'*"
    }

    It 'binds -<_> only where it is written in full' -ForEach 'Fir', 'F', 'Sk' {
        { [scriptblock]::Create("Invoke-McpTool things -$_ 5").InvokeReturnAsIs() } | Should -Throw
        Get-Target | Should -BeNullOrEmpty
    }

    It 'leaves its name to an argument of the tool' {
        (Invoke-McpTool own -skip 2 -First 1).id | Should -Be 1
        Get-Target | Should -Be '/things?skip=2'
    }

    It 'refuses shapes that have no items' {
        { Invoke-McpTool things -All -Raw } | Should -Throw '*-First, -Skip and -All*-Raw*'
    }

    It 'works in the background' {
        (Invoke-McpTool things -First 5 -AsJob | Wait-Job | Receive-Job).id | Should -Be (1..5)
    }
}
