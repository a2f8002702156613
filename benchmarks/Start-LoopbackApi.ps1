#Requires -Version 7.6
<#
.SYNOPSIS
    Answers every request over loopback with one small JSON object, for the benchmarks of calls. Runs until it is killed.
#>
[CmdletBinding()]
param(
    # Gets the port once it listens.
    [Parameter(Mandatory)]
    [string] $PortFile
)

Add-Type -TypeDefinition @"
using System.Net; using System.Net.Sockets; using System.Text; using System.Threading;
public static class Upstream
{
    const string Body = "{\"id\":7,\"name\":\"Rex\",\"state\":\"available\",\"tags\":[\"a\",\"b\"],\"price\":12.5}";

    static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + Body.Length + "\r\n\r\n" + Body);

    public static void Serve(string portFile)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        System.IO.File.WriteAllText(portFile, ((IPEndPoint)listener.LocalEndpoint).Port.ToString());
        while (true)
        {
            var client = listener.AcceptTcpClient();
            client.NoDelay = true;
            new Thread(() => Answers(client)) { IsBackground = true }.Start();
        }
    }

    static void Answers(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var buffer = new byte[65536];
            for (var length = 0; ;)
            {
                var read = stream.Read(buffer, length, buffer.Length - length);
                if (read == 0) return;
                length += read;
                if (length >= 4 && buffer[length - 1] == 10 && buffer[length - 2] == 13 && buffer[length - 3] == 10)
                {
                    stream.Write(Answer, 0, Answer.Length);
                    length = 0;
                }
            }
        }
        catch (System.IO.IOException) { }
    }
}
"@
[Upstream]::Serve($PortFile)
