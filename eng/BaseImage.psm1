#Requires -Version 7.6

# A base image without programs, and a registry on loopback that serves it, for rehearsals without a network. What it says
# of itself is what Microsoft's images say (github.com/dotnet/dotnet-docker): user, port, and a variant for each processor.

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$name = 'stand-in'
$indexType = 'application/vnd.oci.image.index.v1+json'
$manifestType = 'application/vnd.oci.image.manifest.v1+json'
$configType = 'application/vnd.oci.image.config.v1+json'
$layerType = 'application/vnd.oci.image.layer.v1.tar+gzip'

<#
.SYNOPSIS
    Starts the registry. The result has Image, the image's full name; Stop-BaseImage ends it.
#>
function Start-BaseImage {
    $answers = New-BaseImage
    $listener = Start-Listener
    # In a thread of its own, since the caller waits for the SDK, which asks.
    $server = [powershell]::Create()
    $null = $server.AddScript({
            param($Listener, $Answers)
            try {
                while ($true) {
                    $context = $Listener.GetContext()
                    $response = $context.Response
                    $answer = $Answers[$context.Request.Url.AbsolutePath]
                    if ($answer) {
                        $response.ContentType = $answer.Type
                        $response.Headers['Docker-Content-Digest'] = $answer.Digest
                        $response.ContentLength64 = $answer.Content.Length
                        if ($context.Request.HttpMethod -eq 'GET') { $response.OutputStream.Write($answer.Content, 0, $answer.Content.Length) }
                    }
                    else { $response.StatusCode = 404 }
                    $response.Close()
                }
            }
            catch [System.Net.HttpListenerException], [System.ObjectDisposedException] { Write-Verbose 'The registry has stopped.' }
        }).AddArgument($listener).AddArgument($answers)
    $null = $server.BeginInvoke()
    [pscustomobject]@{
        Image = '{0}/{1}:latest' -f ([uri]@($listener.Prefixes)[0]).Authority, $name
        Listener = $listener
        Server = $server
    }
}

<#
.SYNOPSIS
    Ends a registry of Start-BaseImage.
#>
function Stop-BaseImage([Parameter(Mandatory)] $Registry) {
    $Registry.Listener.Close()
    $Registry.Server.Dispose()
}

function Start-Listener {
    $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $listener = [System.Net.HttpListener]::new()
    # The SDK accepts a registry without TLS under this name.
    $listener.Prefixes.Add("http://localhost:$($probe.LocalEndpoint.Port)/")
    $probe.Stop()
    $listener.Start()
    $listener
}

# What a client asks for, by path.
function New-BaseImage {
    $answers = @{ '/v2/' = @{ Type = 'application/json'; Digest = ''; Content = [byte[]]@() } }
    $tar = New-Tar 'etc/os-release' "ID=stand-in`n"
    $layer = Add-Answer $answers blobs $layerType (Compress-Byte $tar)
    $variants = foreach ($architecture in 'amd64', 'arm64') {
        $config = Add-Answer $answers blobs $configType (ConvertTo-Utf8 @{
                architecture = $architecture
                os = 'linux'
                config = @{ User = '1654'; Env = @('PATH=/usr/bin:/bin', 'APP_UID=1654', 'ASPNETCORE_HTTP_PORTS=8080') }
                rootfs = @{ type = 'layers'; diff_ids = @(Get-Digest $tar) }
                history = @(@{ created = '2026-01-01T00:00:00Z' })
            })
        $manifest = Add-Answer $answers manifests $manifestType (ConvertTo-Utf8 @{ schemaVersion = 2; mediaType = $manifestType; config = $config; layers = @($layer) })
        $manifest + @{ platform = @{ architecture = $architecture; os = 'linux' } }
    }
    $index = Add-Answer $answers manifests $indexType (ConvertTo-Utf8 @{ schemaVersion = 2; mediaType = $indexType; manifests = @($variants) })
    $answers["/v2/$name/manifests/latest"] = $answers["/v2/$name/manifests/$($index.digest)"]
    $answers
}

# Adds content under its digest, and returns what refers to it.
function Add-Answer([hashtable] $Answers, [string] $Kind, [string] $Type, [byte[]] $Content) {
    $digest = Get-Digest $Content
    $Answers["/v2/$name/$Kind/$digest"] = @{ Type = $Type; Digest = $digest; Content = $Content }
    @{ mediaType = $Type; digest = $digest; size = $Content.Length }
}

function Get-Digest([byte[]] $Content) {
    'sha256:' + [System.Convert]::ToHexStringLower([System.Security.Cryptography.SHA256]::HashData($Content))
}

function ConvertTo-Utf8($Value) {
    , [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -Compress -Depth 9 $Value))
}

function New-Tar([string] $Path, [string] $Text) {
    $stream = [System.IO.MemoryStream]::new()
    $writer = [System.Formats.Tar.TarWriter]::new($stream, $true)
    $entry = [System.Formats.Tar.PaxTarEntry]::new([System.Formats.Tar.TarEntryType]::RegularFile, $Path)
    $entry.DataStream = [System.IO.MemoryStream]::new([System.Text.Encoding]::UTF8.GetBytes($Text))
    $writer.WriteEntry($entry)
    $writer.Dispose()
    , $stream.ToArray()
}

function Compress-Byte([byte[]] $Content) {
    $stream = [System.IO.MemoryStream]::new()
    $zip = [System.IO.Compression.GZipStream]::new($stream, [System.IO.Compression.CompressionLevel]::Optimal)
    $zip.Write($Content, 0, $Content.Length)
    $zip.Dispose()
    , $stream.ToArray()
}

Export-ModuleMember -Function Start-BaseImage, Stop-BaseImage
