# Operations that an API only accepts: -Wait of Invoke-McpTool.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $accepted = @{ Status = 202; Body = ''; Headers = @{ Location = '/jobs/7'; 'Retry-After' = '0' } }
    $upstream = Start-TestUpstream @{
        'POST /exports' = $accepted
        'POST /slow' = @{ Status = 202; Body = ''; Headers = @{ Location = '/jobs/7'; 'Retry-After' = '600' } }
        'GET /jobs/7' = $accepted, @{ Body = '{"rows":3}' }
    }
    $null = New-Item -ItemType Directory -Force $env:MCP_RUNTIME_CONNECTORS_DIR
    Set-Content -LiteralPath (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'jobs.yaml') -Value @"
connector:
  manifest_version: 2
  name: jobs
  version: 1.0.0
  title: Jobs
  base_url: $($upstream.Url)
  security: []
  tools:
  - { name: export, description: Exports., endpoint: POST /exports, input_schema: { type: object } }
  - { name: slow, description: Exports slowly., endpoint: POST /slow, input_schema: { type: object } }
  - name: get_job
    description: A job.
    endpoint: GET /jobs/{id}
    arguments: { id: { in: path, name: id } }
    input_schema: { type: object, properties: { id: { type: string } }, required: [id] }
"@
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Invoke-McpTool, operations that are only accepted' {
    It 'gives where the state is without -Wait' {
        (Invoke-McpTool export -Confirm:$false).Location | Should -Be '/jobs/7'
    }

    It 'gives the result with -Wait' {
        (Invoke-McpTool export -Wait -Confirm:$false).rows | Should -Be 3
        $upstream.Requests.ToArray().Target[-1] | Should -Be '/jobs/7'
    }

    It 'says how to ask again where the time is over' {
        # As long as it takes until the API has accepted it.
        foreach ($limit in 5, 30, 120) {
            $answer = Invoke-McpTool slow -Wait -TimeoutSec $limit -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -WarningVariable warned
            if ($answer) { break }
        }
        $answer.Location | Should -Be '/jobs/7'
        "$warned" | Should -Match 'call get_job with \{"id":"7"\}'
    }
}
