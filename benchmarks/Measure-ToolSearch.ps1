<#
.SYNOPSIS
Measures how well 'mcp-runtime tools --search' finds the operations that requests are served by.
.DESCRIPTION
The requests are a file of tab-separated values with a head line: document, request, expected (METHOD /path as in the document; several
are separated by ' | '), difficulty, language. Each document is a folder of that name with its manifest, made by
'mcp-runtime import DOCUMENT --name NAME --output FOLDER/NAME/NAME.yaml'. Prints how many requests have an expected operation first,
and among the first five.
.EXAMPLE
benchmarks/Measure-ToolSearch.ps1 -Requests requests.tsv -Manifests ./manifests -Command ./out/mcp-runtime
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Requests,
    [Parameter(Mandatory)] [string] $Manifests,
    [string] $Command = 'mcp-runtime',
    # Also writes each request whose first tool is another one.
    [switch] $Misses
)
$ErrorActionPreference = 'Stop'

# Quotation marks in a request are its own.
$rows = Get-Content -LiteralPath $Requests -Encoding utf8 | Select-Object -Skip 1 | Where-Object { $_ } | ForEach-Object {
    $document, $request, $expected, $difficulty, $language = $_ -split "`t"
    [pscustomobject]@{ document = $document; request = $request; expected = $expected; difficulty = $difficulty; language = $language }
}
$results = foreach ($request in $rows) {
    $folder = Join-Path $Manifests $request.document
    $json = & $Command tools --connectors $folder --search $request.request --limit 5 --format json 2>$null
    if ($LASTEXITCODE -ne 0) { throw "The search in '$folder' ended with exit code $LASTEXITCODE." }
    $found = @(($json | ConvertFrom-Json).endpoint)
    $expected = $request.expected -split ' \| '
    $place = 1 + [array]::FindIndex([object[]]$found, [Predicate[object]] { param($endpoint) $endpoint -cin $expected })
    if ($Misses -and $place -ne 1) { Write-Host "$($request.document): $($request.request) -> $place, found $($found[0])" }
    [pscustomobject]@{ Document = $request.document; Difficulty = $request.difficulty; Language = $request.language; Place = $place }
}

function Measure-Group($Name, $Rows) {
    [pscustomobject]@{
        Requests = $Name
        Count = $Rows.Count
        'First (%)' = [math]::Round(100 * @($Rows | Where-Object Place -EQ 1).Count / $Rows.Count, 1)
        'First five (%)' = [math]::Round(100 * @($Rows | Where-Object Place -GE 1).Count / $Rows.Count, 1)
    }
}

Measure-Group 'all' @($results)
foreach ($property in 'Difficulty', 'Language', 'Document') {
    foreach ($group in $results | Group-Object $property | Sort-Object Name) { Measure-Group "$($property.ToLowerInvariant()): $($group.Name)" @($group.Group) }
}
