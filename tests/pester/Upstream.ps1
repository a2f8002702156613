# A port of loopback that no one listens on and that no one else takes, as FreePort of McpRuntime.Testing: the system
# chooses none of them by itself, and its name keeps the other processes of tests from it while this one runs.
function Get-FreePort {
    while ($true) {
        $port = Get-Random -Minimum 20000 -Maximum 30000
        $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, $port)
        try { $probe.Start() } catch { continue } finally { $probe.Stop() }
        $isNew = $false
        $name = [System.Threading.Mutex]::new($false, "Global\mcp-runtime-test-port-$port", [ref] $isNew)
        if ($isNew) {
            $script:takenPorts += , $name
            return $port
        }
        $name.Dispose()
    }
}

# An HTTP API on a free loopback port, for the tests of tools: it answers by path and keeps what it was asked.
# $Routes: 'METHOD /path' to @{ Status = 200; Body = '…'; Type = 'application/json' }, with Bytes in the place of Body, Headers,
# Authorize = 'code=1' for an authorization endpoint that redirects with it, Hold = $true for a request that gets no answer, or Broken: the beginning of a body whose connection breaks. A list of such
# tables answers one request each, and the last one every further request.
function Start-TestUpstream {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([hashtable] $Routes)
    $port = Get-FreePort
    $listener = [System.Net.HttpListener]::new()
    $listener.Prefixes.Add("http://127.0.0.1:$port/")
    $listener.Start()
    $requests = [System.Collections.Concurrent.ConcurrentQueue[object]]::new()
    $server = Start-ThreadJob -ScriptBlock {
        $listener = $using:listener; $routes = $using:Routes; $requests = $using:requests
        $held = [System.Collections.Generic.List[object]]::new()
        $seen = @{}
        while ($listener.IsListening) {
            try { $context = $listener.GetContext() } catch { break }
            $request = $context.Request
            $body = [System.IO.StreamReader]::new($request.InputStream).ReadToEnd()
            $requests.Enqueue([pscustomobject]@{
                    Method = $request.HttpMethod; Target = $request.RawUrl; Body = $body; Key = $request.Headers['X-Key']; Authorization = $request.Headers['Authorization']
                    Headers = $request.Headers; Client = $request.RemoteEndPoint.ToString()
                })
            $route = $routes["$($request.HttpMethod) $($request.Url.AbsolutePath)"] ?? @{ Status = 404; Body = '{"title":"No such thing","status":404}'; Type = 'application/problem+json' }
            if ($route -is [array]) { $route = $route[[Math]::Min($seen[$request.RawUrl]++ ?? 0, $route.Count - 1)] }
            if ($route.Authorize) {
                $route = @{ Status = 302; Body = ''; Headers = @{ Location = "$($request.QueryString['redirect_uri'])?$($route.Authorize)&state=$([uri]::EscapeDataString($request.QueryString['state']))" } }
            }
            if ($route.Hold) { $held.Add($context); continue }
            try {
                $bytes = $route.Bytes ?? [System.Text.Encoding]::UTF8.GetBytes($route.Broken ?? $route.Body)
                $context.Response.StatusCode = $route.Status ?? 200
                $context.Response.ContentType = $route.Type ?? 'application/json'
                foreach ($field in ($route.Headers ?? @{}).GetEnumerator()) { $context.Response.AddHeader($field.Key, $field.Value) }
                if ($route.Broken) { $context.Response.ContentLength64 = $bytes.Length + 100 }
                if ($request.HttpMethod -ne 'HEAD') { $context.Response.OutputStream.Write($bytes) }
                if ($route.Broken) {
                    $context.Response.OutputStream.Flush()
                    $context.Response.Abort()
                }
                $context.Response.Close()
            }
            catch { Write-Debug "The client went away: $_" }
        }
    }
    [pscustomobject]@{ Url = "http://127.0.0.1:$port"; Requests = $requests; Listener = $listener; Job = $server }
}

function Stop-TestUpstream {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param($Upstream)
    $Upstream.Listener.Stop()
    $Upstream.Job | Remove-Job -Force
}

# An API on a free loopback port that answers with a list without end: each item after the first is sent when the one
# before is in $Seen.
function Start-TestStream {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param($Seen)
    $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
    $listener.Start()
    $server = Start-ThreadJob -ScriptBlock {
        $listener = $using:listener; $seen = $using:Seen
        $client = $listener.AcceptTcpClient()
        try {
            $stream = $client.GetStream()
            $null = $stream.Read([byte[]]::new(65536))
            $send = { param($Text) $stream.Write([System.Text.Encoding]::ASCII.GetBytes($Text)) }
            & $send "HTTP/1.1 200 OK`r`nContent-Type: application/json`r`nTransfer-Encoding: chunked`r`n`r`n1`r`n[`r`n"
            for ($i = 0; ; $i++) {
                $item = "$(if ($i) { ',' }){`"id`":$i}"
                & $send "$($item.Length.ToString('x'))`r`n$item`r`n"
                while ($seen.Take() -ne $i) { }
            }
        }
        catch { Write-Debug "The client went away: $_" }
        finally { $client.Dispose() }
    }
    [pscustomobject]@{ Url = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"; Listener = $listener; Job = $server; Seen = $Seen }
}

function Stop-TestStream {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param($Stream)
    $Stream.Seen.CompleteAdding()
    $Stream.Listener.Stop()
    $Stream.Job | Remove-Job -Force
}
