# An HTTP API on a free loopback port, for the tests of tools: it answers by path and keeps what it was asked.
# $Routes: 'METHOD /path' to @{ Status = 200; Body = '…'; Type = 'application/json'; Hold = $true }; with Hold the request gets no answer.
function Start-TestUpstream {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([hashtable] $Routes)
    $port = ($probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)).Start() ?? $probe.LocalEndpoint.Port
    $probe.Stop()
    $listener = [System.Net.HttpListener]::new()
    $listener.Prefixes.Add("http://127.0.0.1:$port/")
    $listener.Start()
    $requests = [System.Collections.Concurrent.ConcurrentQueue[object]]::new()
    $server = Start-ThreadJob -ScriptBlock {
        $listener = $using:listener; $routes = $using:Routes; $requests = $using:requests
        $held = [System.Collections.Generic.List[object]]::new()
        while ($listener.IsListening) {
            try { $context = $listener.GetContext() } catch { break }
            $request = $context.Request
            $body = [System.IO.StreamReader]::new($request.InputStream).ReadToEnd()
            $requests.Enqueue([pscustomobject]@{
                    Method = $request.HttpMethod; Target = $request.RawUrl; Body = $body; Key = $request.Headers['X-Key']
                })
            $route = $routes["$($request.HttpMethod) $($request.Url.AbsolutePath)"] ?? @{ Status = 404; Body = '{"title":"No such thing","status":404}'; Type = 'application/problem+json' }
            if ($route.Hold) { $held.Add($context); continue }
            try {
                $bytes = [System.Text.Encoding]::UTF8.GetBytes($route.Body)
                $context.Response.StatusCode = $route.Status ?? 200
                $context.Response.ContentType = $route.Type ?? 'application/json'
                $context.Response.OutputStream.Write($bytes)
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
