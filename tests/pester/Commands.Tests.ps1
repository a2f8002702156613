# Commands for an API: parameters, pipeline, output, pages, jobs.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    function Get-PetJson([int] $Number, $State = 'archived') {
        '{"id":' + (100 + $Number) + ',"number":' + $Number + ',"title":"Pet ' + $Number + '","state":"' + $State + '","labels":[{"name":"x"}],' +
        '"shop":{"name":"s"},"updated_at":"2026-01-02T03:04:05Z","note":null}'
    }
    function Get-PageJson([int] $From, [int] $To, $Next) {
        '{"data":[' + (($From..$To).ForEach({ Get-PetJson $_ }) -join ',') + '],"next":' + ($Next ? "`"$Next`"" : 'null') + '}'
    }
    $upstream = Start-TestUpstream @{
        'GET /shops/s' = @{ Body = '{"id":5,"name":"Shop"}' }
        'GET /shops/s/pets' = @{ Body = Get-PageJson 1 3 '/shops/s/pets2' }
        'GET /shops/s/pets2' = @{ Body = Get-PageJson 4 6 '/shops/s/pets3' }
        'GET /shops/s/pets3' = @{ Body = Get-PageJson 7 8 }
        'GET /shops/s/pets/3' = @{ Body = Get-PetJson 3 }
        'GET /shops/s/pets/4' = @{ Body = Get-PetJson 4 }
        'PATCH /shops/s/pets/1' = @{ Body = Get-PetJson 1 }
        'PATCH /shops/s/pets/3' = @{ Body = Get-PetJson 3 }
        'PUT /shops/s/pets/3' = @{ Body = Get-PetJson 3 }
        'DELETE /shops/s/pets/1' = @{ Status = 204; Body = '' }
        'DELETE /shops/s/pets/2' = @{ Status = 204; Body = '' }
        'DELETE /shops/s/pets/3' = @{ Status = 204; Body = '' }
        'POST /shops/s/pets' = @{ Status = 201; Body = Get-PetJson 9 }
        'PUT /shops/s/pets/3/photo' = @{ Status = 204; Body = '' }
        'GET /shops/s/pets/3/photo' = @{ Type = 'application/octet-stream'; Bytes = [byte[]](1, 2, 255) }
    }
    $pet = @{ '$ref' = '#/components/schemas/Pet' }
    $shop = @{ name = 'shop'; in = 'path'; required = $true; schema = @{ type = 'string' } }
    $number = @{ name = 'pet_number'; in = 'path'; required = $true; schema = @{ type = 'integer' } }
    $ok = @{ description = 'A pet.'; content = @{ 'application/json' = @{ schema = $pet } } }
    $bytes = @{ 'application/octet-stream' = @{ schema = @{ type = 'string'; format = 'binary' } } }
    $document = @{
        openapi = '3.0.3'
        info = @{ title = 'Pets'; version = '1.0.0' }
        servers = @(@{ url = $upstream.Url })
        paths = @{
            '/shops/{shop}' = @{
                parameters = @($shop)
                get = @{ operationId = 'getShop'; summary = 'Finds a shop.'; responses = @{ '200' = @{ description = 'It.'; content = @{ 'application/json' = @{ schema = @{ type = 'object' } } } } } }
            }
            '/shops/{shop}/pets' = @{
                parameters = @($shop)
                get = @{
                    operationId = 'listPets'; summary = 'Lists pets.'
                    parameters = @(
                        @{ name = 'status'; in = 'query'; description = 'Which ones.'; schema = @{ type = 'string'; enum = 'available', 'sold' } }
                        @{ name = 'per_page'; in = 'query'; schema = @{ type = 'integer'; format = 'int32' } }
                        @{ name = 'since'; in = 'query'; schema = @{ type = 'string'; format = 'date-time' } }
                        @{ name = 'draft'; in = 'query'; schema = @{ type = 'boolean' } }
                        @{ name = 'verbose'; in = 'query'; schema = @{ type = 'string' } }
                        @{ name = 'tag'; in = 'query'; schema = @{ type = 'array'; items = @{ type = 'string' } } }
                    )
                    responses = @{ '200' = @{ description = 'Pets.'; content = @{ 'application/json' = @{ schema = @{
                                        type = 'object'
                                        properties = @{
                                            data = @{ type = 'array'; items = $pet }
                                            next = @{ type = 'string'; nullable = $true; format = 'uri' }
                                        }
                                    } } } } }
                }
                post = @{
                    operationId = 'createPet'; summary = 'Creates a pet.'
                    requestBody = @{ required = $true; content = @{ 'application/json' = @{ schema = @{
                                    type = 'object'; required = @('title')
                                    properties = [ordered]@{
                                        title = @{ type = 'string' }
                                        labels = @{ type = 'array'; items = @{ type = 'string' } }
                                        size = @{ type = 'object'; properties = @{ width = @{ type = 'number' } } }
                                    }
                                } } } }
                    responses = @{ '201' = $ok }
                }
            }
            '/shops/{shop}/pets/{pet_number}' = @{
                parameters = @($shop, $number)
                get = @{ operationId = 'getPet'; summary = 'Finds a pet.'; responses = @{ '200' = $ok } }
                patch = @{
                    operationId = 'updatePet'; summary = 'Updates a pet.'
                    requestBody = @{ required = $true; content = @{ 'application/json' = @{ schema = @{
                                    type = 'object'
                                    properties = @{
                                        title = @{ type = 'string' }
                                        state = @{ type = 'string'; enum = 'open', 'closed' }
                                        note = @{ type = 'string'; nullable = $true }
                                    }
                                } } } }
                    responses = @{ '200' = $ok }
                }
                put = @{
                    operationId = 'replacePet'; summary = 'Replaces a pet.'
                    requestBody = @{ required = $true; content = @{ 'application/json' = @{ schema = @{
                                    type = 'object'; required = @('title')
                                    properties = [ordered]@{
                                        title = @{ type = 'string' }; state = @{ type = 'string' }; note = @{ type = 'string'; nullable = $true }
                                        updated_at = @{ type = 'string'; format = 'date-time' }
                                    }
                                } } } }
                    responses = @{ '200' = $ok }
                }
                delete = @{ operationId = 'deletePet'; summary = 'Deletes a pet.'; responses = @{ '204' = @{ description = 'Gone.' } } }
            }
            '/shops/{shop}/pets/{pet_number}/photo' = @{
                parameters = @($shop, $number)
                get = @{ operationId = 'getPhoto'; summary = 'Gets the photo.'; responses = @{ '200' = @{ description = 'It.'; content = $bytes } } }
                put = @{
                    operationId = 'putPhoto'; summary = 'Sets the photo.'
                    requestBody = @{ required = $true; content = $bytes }
                    responses = @{ '204' = @{ description = 'Done.' } }
                }
            }
        }
        components = @{ schemas = @{ Pet = @{
                    type = 'object'
                    properties = [ordered]@{
                        id = @{ type = 'integer' }; number = @{ type = 'integer' }; title = @{ type = 'string' }; state = @{ type = 'string' }
                        labels = @{ type = 'array'; items = @{ type = 'object' } }; shop = @{ type = 'object' }
                        updated_at = @{ type = 'string'; format = 'date-time' }; note = @{ type = 'string'; nullable = $true }
                    }
                } } }
    } | ConvertTo-Json -Depth 30
    $modules = Join-Path $TestDrive 'modules'
    $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $env:TEST_MODULE)) +
    [System.IO.Path]::PathSeparator + $env:PSModulePath
    $null = Import-McpConnector -Text $document -Name pets -Prefix Tp -AllowPrivate -ModulePath $modules
    function Get-Sent { $upstream.Requests.ToArray().ForEach({ "$($_.Method) $($_.Target) $($_.Body)".Trim() }) }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Commands for an API' {
    BeforeEach { $upstream.Requests.Clear() }

    It 'are found and loaded when they are first used' {
        (Get-Command Get-TpPet).Source | Should -Be 'McpRuntime.Pets'
        (Get-Command -Module McpRuntime.Pets).Name | Sort-Object | Should -Be (
            'Get-TpPet', 'Get-TpPhoto', 'Get-TpShop', 'New-TpPet', 'Remove-TpPet', 'Set-TpPet', 'Set-TpPhoto', 'Update-TpPet')
    }

    It 'list and get by parameter sets, by position' {
        (Get-TpPet s -WarningAction Ignore).number | Should -Be 1, 2, 3
        (Get-TpPet s 3).number | Should -Be 3
        Get-Sent | Should -Be 'GET /shops/s/pets', 'GET /shops/s/pets/3'
    }

    It 'say that there are further pages' {
        $null = Get-TpPet s -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*-All*'
        $null = Get-TpPet s -All -WarningVariable nothing
        $nothing | Should -BeNullOrEmpty
    }

    It 'read all pages, or as many as are needed' {
        (Get-TpPet s -All).number | Should -Be (1..8)
        (Get-TpPet s -First 4).number | Should -Be (1..4)
        (Get-TpPet s -First 2 -Skip 3).number | Should -Be 4, 5
        $upstream.Requests.Clear()
        (Get-TpPet s -All | Select-Object -First 5).number | Should -Be (1..5)
        Get-Sent | Should -Be 'GET /shops/s/pets', 'GET /shops/s/pets2'
    }

    It 'offer pages only where there are some' {
        (Get-Command Get-TpPet).ParameterSets.Where({ $_.Parameters.Name -contains 'All' }).Count | Should -Be 1
        (Get-Command Update-TpPet).Parameters.Keys | Should -Not -Contain 'All'
        { Get-TpPet s -First 0 } | Should -Throw -ErrorId 'ArgumentInvalid*'
    }

    It 'send values as the schema says' {
        $null = Get-TpPet s -Status SOLD -PerPage 5 -Since ([datetime]::new(2026, 1, 2, 3, 4, 5, [System.DateTimeKind]::Utc)) -Draft:$false -VerboseValue x -Tag a, b -WarningAction Ignore
        Get-Sent | Should -Be 'GET /shops/s/pets?status=sold&per_page=5&since=2026-01-02T03%3A04%3A05Z&draft=false&verbose=x&tag=a&tag=b'
    }

    It 'take the names of the API as aliases' {
        $arguments = @{ shop = 's'; per_page = 5 }
        $null = Get-TpPet @arguments -WarningAction Ignore
        Get-Sent | Should -Be 'GET /shops/s/pets?per_page=5'
    }

    It 'send null where the API takes it' {
        $null = Update-TpPet s 3 -Note $null
        $null = Update-TpPet s 3 -Note ''
        Get-Sent | Should -Be 'PATCH /shops/s/pets/3 {"note":null}', 'PATCH /shops/s/pets/3 {"note":""}'
    }

    It 'refuse values before they send anything' {
        { Get-TpPet s -PerPage 2.5 } | Should -Throw '*2.5 is not an integer*'
        { Get-TpPet s -Status lost } | Should -Throw '*available,sold*'
        { Update-TpPet s 3 -Title a, b } | Should -Throw '*one text, not a list*'
        { Update-TpPet s 3 -Title { 'x' } } | Should -Throw '*script block*'
        { Update-TpPet s 3 -Title (Get-Process -Id $PID) } | Should -Throw '*not text*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'complete what the API lists' {
        Get-Completion 'Get-TpPet s -Status ' | Should -Be 'available', 'sold'
        Get-Completion 'Get-TpPet -PerP' | Should -Contain '-PerPage'
    }

    It 'show the parameters of the API before those that every command has' {
        (Get-Command Get-TpPet -Syntax) | Should -Match '\[-Shop\] <string> \[-Status <string>\].*\[-All\].*\[-Raw\]'
    }

    It 'ask for what is required' {
        (Get-Command New-TpPet).Parameters.Title.Attributes.Where({ $_ -is [Parameter] }).Mandatory | Should -BeTrue
        { New-TpPet s } | Should -Throw '*Title*'
    }

    It 'give objects with a type, dates, and what the path says' {
        $pet = Get-TpPet s 3
        $pet.PSTypeNames[0] | Should -Be 'McpRuntime.Pets.Pet'
        (Get-Command Get-TpPet).OutputType.Name | Should -Contain 'McpRuntime.Pets.Pet'
        $pet.updated_at | Should -BeOfType [datetime]
        $pet.updated_at.Kind | Should -Be 'Utc'
        $pet.pet_number | Should -Be 3
        $pet.shop.name | Should -Be 's'
        ($pet | Out-String).Trim() | Should -Match '^number\s+title\s+state\s+updated_at'
    }

    It 'update what is piped, and nothing else of it' {
        $null = Get-TpPet s -First 1 | Update-TpPet -Title Rex
        Get-Sent | Select-Object -Last 1 | Should -Be 'PATCH /shops/s/pets/1 {"title":"Rex"}'
    }

    It 'replace all of what is piped, since a PUT deletes what it does not name' {
        $pet = Get-TpPet s 3
        $pet.title = 'Rex'
        $null = $pet | Set-TpPet
        $null = $pet | Set-TpPet -State sold
        Get-Sent | Select-Object -Last 2 | Should -Be (
            'PUT /shops/s/pets/3 {"title":"Rex","state":"archived","note":null,"updated_at":"2026-01-02T03:04:05Z"}',
            'PUT /shops/s/pets/3 {"title":"Rex","state":"sold","note":null,"updated_at":"2026-01-02T03:04:05Z"}')
        $null = Get-TpShop s | Set-TpPet -PetNumber 3 -Title Ada
        Get-Sent | Select-Object -Last 1 | Should -Be 'PUT /shops/s/pets/3 {"title":"Ada"}'
    }

    It 'remove what is piped' {
        Get-TpPet s -First 2 | Remove-TpPet -Confirm:$false | Should -BeNullOrEmpty
        Get-Sent | Select-Object -Last 2 | Should -Be 'DELETE /shops/s/pets/1', 'DELETE /shops/s/pets/2'
    }

    It 'find what belongs to a resource by what its path says' {
        (Get-TpShop s | Get-TpPet -First 1).number | Should -Be 1
        Get-Sent | Should -Be 'GET /shops/s', 'GET /shops/s/pets'
    }

    It 'get what is piped, and numbers' {
        (Get-TpPet s -All | Where-Object number -In 3, 4 | Get-TpPet).number | Should -Be 3, 4
        (3, 4 | Get-TpPet s).number | Should -Be 3, 4
        ([pscustomobject]@{ shop = 's'; pet_number = 3 } | Get-TpPet).number | Should -Be 3
    }

    It 'take all properties of other objects' {
        $null = 'title,labels', 'Rex,a', 'Ada,b' | ConvertFrom-Csv | New-TpPet s
        Get-Sent | Should -Be 'POST /shops/s/pets {"title":"Rex","labels":["a"]}', 'POST /shops/s/pets {"title":"Ada","labels":["b"]}'
    }

    It 'say which property an object lacks' {
        [pscustomobject]@{ other = 1 } | Remove-TpPet -Shop s -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
        "$problem" | Should -BeLike '*pet_number*'
    }

    It 'show with -WhatIf what would be sent' {
        Remove-TpPet s 3 -WhatIf
        Get-TpPet s 3 -WhatIf | Should -BeNullOrEmpty
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'ask before they delete' {
        $asked = & pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$env:TEST_MODULE'; Import-Module '$modules/McpRuntime.Pets/McpRuntime.Pets.psd1'
            try { Remove-TpPet s 3 -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }"
        "$asked" | Should -BeLike 'ConfirmationRequired*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'write bytes to a file and read them from one' {
        $file = Join-Path $TestDrive 'photo.bin'
        Get-TpPhoto s 3 -OutFile $file | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllBytes($file) | Should -Be 1, 2, 255
        Set-Content -LiteralPath $file -Value 'photo' -NoNewline
        Get-Item $file | Set-TpPhoto s 3
        Set-TpPhoto s 3 -InFile $file
        Get-Sent | Select-Object -Last 1 | Should -Be 'PUT /shops/s/pets/3/photo photo'
    }

    It 'give the answer as it is with -Raw' {
        Get-TpPet s 3 -Raw | Should -Be (Get-PetJson 3)
    }

    It 'work in the background' {
        $job = Get-TpPet s -All -AsJob
        ($job | Wait-Job | Receive-Job).number | Should -Be (1..8)
        $job | Remove-Job
    }

    It 'take further arguments by their names' {
        $null = Get-TpPet s -Argument @{ per_page = 2 } -WarningAction Ignore
        Get-Sent | Should -Be 'GET /shops/s/pets?per_page=2'
    }

    It 'are known to the tools and the connector that they are of' {
        (Get-McpTool get_pet).Command | Should -Be 'Get-TpPet'
        (Get-McpConnector pets).CommandPrefix | Should -Be 'Tp'
        (Get-Help Get-TpPet).Synopsis | Should -BeLike 'Lists pets*Finds a pet*'
    }

    It 'give errors of the API as Invoke-McpTool does' {
        { Get-TpPet s 77 -ErrorAction Stop } | Should -Throw '*No such thing*'
    }
}
