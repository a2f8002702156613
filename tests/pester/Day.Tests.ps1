# A day with an API in PowerShell, from the first import to the last call: read it from top to bottom.
#
# The API is the pet shop of samples/PetShop, running on this machine; $shop is its URL. A second one, the warehouse, is busy
# now and then.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    New-TestVault
    # The day is longer than a block of tests, at whose end Pester empties its drive.
    $day = New-Item -ItemType Directory (Join-Path $HOME 'day')
    $env:MCP_RUNTIME_CONNECTORS_DIR = Join-Path $day 'connectors'
    $env:MCP_RUNTIME_DATA_DIR = Join-Path $day 'data'
    Set-Location $day
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]]@('exec', $env:TEST_PETSHOP))
    $start.Environment['PETSHOP_API_KEY'] = 'shop-key'
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $shop = $process.StandardOutput.ReadLine() -replace '^Listening on ', ''
    $busy = @{ Status = 503; Body = 'busy'; Type = 'text/plain'; Headers = @{ 'Retry-After' = '0' } }
    $warehouse = Start-TestUpstream @{ 'GET /pets/7' = @($busy, $busy, @{ Body = '{"id":7,"shelf":"B"}' }) }
}

AfterAll {
    Stop-TestUpstream $warehouse
    $process.StandardInput.Close()
    $null = $process.WaitForExit(5000)
}

Describe 'In the morning, the API is new' {
    It 'is imported from its document; naming the server approves it' {
        $import = Import-McpConnector "$shop/openapi.json" -Name petshop -BaseUrl $shop
        $import.Name | Should -Be 'petshop'
        $import.Tools.Count | Should -BeGreaterThan 5
    }

    It 'is imported without a word, and with -Verbose says what it downloads' {
        $quiet = Import-McpConnector "$shop/openapi.json" -Name petshop -BaseUrl $shop -Force 4>&1 3>&1
        $quiet.GetType().Name | Should -Be 'McpImport'
        $told = Import-McpConnector "$shop/openapi.json" -Name petshop -BaseUrl $shop -Force -Verbose 4>&1
        "$told" | Should -BeLike "*GET $shop/openapi.json: 200*"
    }

    It 'has tools, which are found by words' {
        (Get-McpTool -Search 'list pets').Name | Should -Contain 'list_pets'
        (Get-McpTool -Connector petshop -ReadOnly).Method | Sort-Object -Unique | Should -Be 'GET'
    }

    It 'tells how a tool is called' {
        $help = Get-McpTool get_pet -Full | Out-String
        $help | Should -BeLike '*petId*'
        Get-Completion 'Invoke-McpTool get_pet -pet' | Should -Contain '-petId'
    }
}

Describe 'Then it is called' {
    It 'answers with objects' {
        $pet = Invoke-McpTool get_pet -petId 1
        $pet.name | Should -Be 'Minka'
        $pet.priceCents | Should -BeOfType [long]
    }

    It 'page by page' {
        $number = 1
        $pets = do {
            $page = Invoke-McpTool list_pets -page $number -pageSize 2
            $page.items
            $number++
        } while ($number -le [Math]::Ceiling($page.total / 2))
        $pets.name | Should -Be 'Minka', 'Bruno', 'Pip', 'Ada', 'Otto'
    }

    It 'and through the pipeline: numbers, and objects that have an id' {
        (1, 2 | Invoke-McpTool get_pet).name | Should -Be 'Minka', 'Bruno'
        $cats = (Invoke-McpTool list_pets -species cat).items | Invoke-McpTool get_pet
        $cats.name | Should -Be 'Minka', 'Ada'
    }

    It 'with -WhatIf it only shows the request, and nothing is sent' {
        Invoke-McpTool add_pet -Argument @{ name = 'Rex'; species = 'dog'; priceCents = 100 } -WhatIf | Should -BeNullOrEmpty
        (Invoke-McpTool list_pets).total | Should -Be 5
    }
}

Describe 'What writes needs a key' {
    It 'without one, the error says how to set it' {
        { Invoke-McpTool add_pet -Argument @{ name = 'Rex'; species = 'dog'; priceCents = 100 } -ErrorAction Stop } |
            Should -Throw "*Set-McpCredential 'petshop'*-ApiKey*"
    }

    It 'with the key, it adds what a CSV file lists' {
        Set-McpCredential petshop -ApiKey (ConvertTo-SecureString -AsPlainText 'shop-key')
        'name,species,priceCents', 'Rex,dog,100', 'Tom,cat,200' | Set-Content new.csv
        $added = Import-Csv new.csv | Invoke-McpTool add_pet
        $added.name | Should -Be 'Rex', 'Tom'
        $added.priceCents | Should -Be 100, 200
    }

    It 'exports what is there now' {
        (Invoke-McpTool list_pets).items | Select-Object id, name, species, priceCents | Export-Csv pets.csv
        (Import-Csv pets.csv).name | Should -Be 'Minka', 'Bruno', 'Pip', 'Ada', 'Otto', 'Rex', 'Tom'
    }
}

Describe 'In the afternoon, something goes wrong' {
    It 'a pet that is gone is an error with the status and the words of the API' {
        Invoke-McpTool get_pet -petId 999 -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem[0].Exception.Status | Should -Be 404
        "$($problem[0])" | Should -BeLike '*999*'
    }

    It 'a bad value is refused by the API with the field that is wrong' {
        Invoke-McpTool list_pets -Argument @{ pageSize = 101 } -ErrorAction SilentlyContinue -ErrorVariable problem
        "$($problem[0])" | Should -BeLike '*pageSize*'
    }

    It 'one bad item does not stop the others' {
        $pets = 1, 999, 2 | Invoke-McpTool get_pet -ErrorAction SilentlyContinue -ErrorVariable problem
        $pets.name | Should -Be 'Minka', 'Bruno'
        $problem.Count | Should -Be 1
    }

    It 'a tool that is misspelt is named, with the one that is meant' {
        { Invoke-McpTool get_pett -petId 1 } | Should -Throw "*get_pett*get_pet*"
    }

    It '-Verbose tells what was sent and what came back; without it there is nothing but the answer' {
        $quiet = Invoke-McpTool get_pet -petId 1 4>&1
        @($quiet).Count | Should -Be 1
        $told = Invoke-McpTool get_pet -petId 1 -Verbose 4>&1
        $told[0] | Should -Match "^GET $shop/pets/1: 200 .*after \d+ ms, \d+ bytes"
        $told[-1].name | Should -Be 'Minka'
    }

    It 'and never the key' {
        $told = Invoke-McpTool remove_pet -petId 6 -Confirm:$false -Verbose -Debug 4>&1 5>&1 | Out-String
        $told | Should -BeLike "*DELETE $shop/pets/6: 204*"
        $told | Should -Not -Match 'shop-key'
    }
}

Describe 'An API that is busy' {
    BeforeAll {
        $null = New-TestConnector warehouse -BaseUrl $warehouse.Url
        $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    }

    AfterAll { Remove-Item Env:MCP_RUNTIME_ALLOWED_NETWORKS }

    It 'is asked again by itself, which -Verbose tells' {
        $told = Invoke-McpTool warehouse__get_pet -id 7 -Verbose 4>&1
        $told[-1].shelf | Should -Be 'B'
        $attempts = $told | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and "$_" -like '*/pets/7:*' }
        $attempts.Count | Should -Be 3
        $attempts[0] | Should -BeLike '*503*attempt 1 of 3*'
        $attempts[2] | Should -BeLike '*200*attempt 3 of 3*'
        $warehouse.Requests.Count | Should -Be 3
    }
}

Describe 'In the evening, it is put away' {
    It 'with its credential; nothing is left' {
        Remove-McpCredential petshop -Confirm:$false
        'petshop', 'warehouse' | Remove-McpConnector -Confirm:$false
        Get-McpConnector | Should -BeNullOrEmpty
        Get-McpCredential | Should -BeNullOrEmpty
    }
}
