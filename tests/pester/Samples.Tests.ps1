BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $samples = Join-Path $PSScriptRoot '..' '..' 'samples' 'automation'
    # The samples ask for the module by its name.
    $env:PSModulePath = (Split-Path (Split-Path $env:TEST_MODULE)) + [IO.Path]::PathSeparator + $env:PSModulePath
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]]@('exec', $env:TEST_PETSHOP))
    $start.Environment['PETSHOP_API_KEY'] = 'shop-key'
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $shop = [System.Diagnostics.Process]::Start($start)
    $url = $shop.StandardOutput.ReadLine() -replace '^Listening on ', ''
}

AfterAll {
    $shop.StandardInput.Close()
    $null = $shop.WaitForExit(5000)
}

Describe 'The automation samples' {
    It 'export what an API lists' {
        New-TestVault
        $csv = Join-Path $TestDrive 'pets.csv'
        $file = & (Join-Path $samples 'Export-Pet.ps1') -Document "$url/openapi.json" -BaseUrl $url -Destination $csv -ApiKey (ConvertTo-SecureString -AsPlainText 'shop-key')
        $file.FullName | Should -Be $csv
        $pets = Import-Csv $csv
        $pets.Count | Should -BeGreaterThan 2
        $pets[0].name | Should -Not -BeNullOrEmpty
        (Invoke-McpTool add_pet -Argument @{ name = 'Rex'; species = 'dog'; priceCents = 100 }).name | Should -Be 'Rex'
        # The second time the connector is there.
        & (Join-Path $samples 'Export-Pet.ps1') -Document "$url/openapi.json" -Destination $csv | Out-Null
        (Import-Csv $csv).name | Should -Contain 'Rex'
        $count = (Import-Csv $csv).Count
        $shown = & (Join-Path $samples 'Import-Pet.ps1') -Path $csv -WhatIf 6>&1
        $shown | Should -BeNullOrEmpty
        (Get-ShopPet -All).Count | Should -Be $count
        (& (Join-Path $samples 'Import-Pet.ps1') -Path $csv).name | Should -Contain 'Rex'
        (Get-ShopPet -All).Count | Should -Be (2 * $count)
    }

    It 'test an API by its commands' {
        $script = {
            $container = New-PesterContainer -Path (Join-Path $args[0] 'PetShop.Tests.ps1') -Data @{ Document = "$($args[1])/openapi.json"; BaseUrl = $args[1] }
            $result = Invoke-Pester -Container $container -PassThru -Output None
            "passed $($result.PassedCount) failed $($result.FailedCount)"
        }
        pwsh -NoProfile -NonInteractive -Command $script -args $samples, $url | Select-Object -Last 1 | Should -Be 'passed 7 failed 0'
    }
}
