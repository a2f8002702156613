BeforeAll {
    $foreign = Join-Path $TestDrive 'foreign'
    $null = New-Item -ItemType Directory $foreign
    # What platyPS and others do: their own YamlDotNet and logging, by the names that the module uses, in the default
    # load context.
    foreach ($name in 'YamlDotNet', 'Microsoft.Extensions.Logging.Abstractions') {
        $source = "[assembly: System.Reflection.AssemblyVersion(""1.2.3.0"")] public class ForeignType$($name.Length) { }"
        Add-Type -TypeDefinition $source -OutputAssembly (Join-Path $foreign "$name.dll")
        Add-Type -Path (Join-Path $foreign "$name.dll")
    }
    . (Join-Path $PSScriptRoot 'Common.ps1')

    function Get-OwnAssembly([System.Runtime.Loader.AssemblyLoadContext] $Context) {
        $shipped = (Get-ChildItem (Join-Path (Split-Path $env:TEST_MODULE) 'bin') -Filter *.dll).BaseName
        $Context.Assemblies.Where({ $_.GetName().Name -in $shipped -and $_.GetName().Version -ne '1.2.3.0' }).ForEach({ $_.GetName().Name })
    }
}

Describe 'McpRuntime' {
    It 'has a sound manifest' {
        $manifest = Test-ModuleManifest $env:TEST_MODULE
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.ExportedAliases.Count | Should -Be 0
    }

    It 'exports exactly the cmdlets that it has' {
        $declared = (Import-PowerShellDataFile $env:TEST_MODULE).CmdletsToExport
        $types = (Get-Module McpRuntime).ImplementingAssembly
        $found = (Get-Command -Module McpRuntime).Name
        $found | Sort-Object | Should -Be ($declared | Sort-Object)
        $context = [System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Name -eq 'McpRuntime' })[0]
        $assembly = $context.Assemblies.Where({ $_.GetName().Name -eq 'McpRuntime.Cmdlets' })[0]
        $attributes = $assembly.GetExportedTypes().ForEach({ $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) })
        $attributes.ForEach({ "$($_.VerbName)-$($_.NounName)" }) | Sort-Object | Should -Be ($declared | Sort-Object)
    }

    It 'uses approved verbs' {
        $verbs = (Get-Verb).Verb
        (Get-Command -Module McpRuntime).Verb | Should -BeIn $verbs
    }

    It 'declares the output of every cmdlet' {
        (Get-Command -Module McpRuntime).Where({ $_.OutputType.Count -eq 0 }).Name | Should -BeNullOrEmpty
    }

    It 'keeps its assemblies out of the default load context' {
        # Reads YAML, and speaks MCP with a logging library.
        Test-McpManifest (New-TestConnector loads) -Quiet | Should -BeTrue
        $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine)
        (Get-McpTool -Server $server).Name | Should -Contain 'get_pet'
        Disconnect-McpServer $server
        Get-OwnAssembly ([System.Runtime.Loader.AssemblyLoadContext]::Default) | Should -BeNullOrEmpty
        $own = [System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Name -eq 'McpRuntime' })
        $own.Count | Should -Be 1
        Get-OwnAssembly $own[0] | Should -Contain 'YamlDotNet'
        Get-OwnAssembly $own[0] | Should -Contain 'Microsoft.Extensions.Logging.Abstractions'
    }

    It 'has no cmdlet that does not work beside them' {
        $used = [System.Collections.Generic.HashSet[string]]::new()
        function Use([string] $Name, [scriptblock] $Call) {
            $null = $used.Add($Name)
            & $Call
        }
        New-TestVault
        Use Import-McpConnector { (Import-McpConnector (Join-Path $PSScriptRoot 'petstore.json') -Name beside).Tools.Count } | Should -Be 3
        Use Get-McpConnector { (Get-McpConnector beside).Name } | Should -Be 'beside'
        Use Test-McpManifest { Test-McpManifest (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'beside.yaml') -Quiet } | Should -BeTrue
        Use Get-McpTool { (Get-McpTool -Name beside__get_pet).Method } | Should -Be 'GET'
        $scheme = (Get-McpCredential beside)[0].SecurityScheme
        Use Set-McpCredential { Set-McpCredential beside -SecurityScheme $scheme -ApiKey (ConvertTo-SecureString -AsPlainText 'k') }
        Use Get-McpCredential { (Get-McpCredential beside -SecurityScheme $scheme).IsSet } | Should -BeTrue
        Use Test-McpCredential { Test-McpCredential beside -SecurityScheme $scheme -Quiet } | Should -BeTrue
        Use Invoke-McpTool { Invoke-McpTool beside__get_pet -Argument @{ id = 7 } -WhatIf 6>&1 | Out-String } | Should -Not -Match 'Exception'
        $server = Use Start-McpRuntime { Start-McpRuntime -Transport Stdio }
        Use Get-McpRuntime { (Get-McpRuntime).State } | Should -Be 'Running'
        $null = Wait-Until { Get-McpLog -Runtime $server }
        Use Get-McpLog { (Get-McpLog -Runtime $server)[0].Server } | Should -Be 'McpRuntime'
        Use Stop-McpRuntime { $server | Stop-McpRuntime }
        $server | Remove-Job
        $session = Use Connect-McpServer { Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) }
        Use Get-McpServer { (Get-McpServer).State } | Should -Be 'Connected'
        Use Import-McpCommand { (Import-McpCommand $session -Prefix Bs -Name get_time).ExportedCommands.Keys } | Should -Be 'Get-BsTime'
        Use Disconnect-McpServer { $session | Disconnect-McpServer }
        $file = Join-Path $TestDrive 'beside.json'
        Use Register-McpClient { (Register-McpClient -Name beside -ConfigurationPath $file).Name } | Should -Be 'beside'
        Use Unregister-McpClient { Unregister-McpClient -Name beside -ConfigurationPath $file }
        Use Connect-McpConnector { Connect-McpConnector beside -ErrorAction SilentlyContinue -ErrorVariable problem; $problem.FullyQualifiedErrorId } | Should -BeLike 'SignInFailed,*'
        Use Disconnect-McpConnector { Disconnect-McpConnector beside -ErrorAction SilentlyContinue -ErrorVariable problem; $problem.FullyQualifiedErrorId } | Should -BeLike 'CredentialNotFound,*'
        Use Remove-McpCredential { Remove-McpCredential beside -Confirm:$false }
        Use Update-McpConnector { (Update-McpConnector beside -WarningAction Ignore).IsSame } | Should -BeTrue
        Use Update-McpLock { (Update-McpLock (Join-Path $TestDrive 'tools.lock') -Name beside -Confirm:$false).Tool.Count } | Should -Be 3
        $null = New-CommandConnector
        Use Export-McpModule { (Export-McpModule petstore -Destination (Join-Path $TestDrive 'modules')).Name } | Should -Be '1.2.3'
        Use Remove-McpConnector { Remove-McpConnector beside -Confirm:$false }
        (Get-Command -Module McpRuntime).Name.Where({ -not $used.Contains($_) }) | Should -BeNullOrEmpty
        Get-OwnAssembly ([System.Runtime.Loader.AssemblyLoadContext]::Default) | Should -BeNullOrEmpty
    }

    It 'survives Import-Module -Force, and removal' {
        $commands = (Get-Command -Module McpRuntime).Name
        Import-Module $env:TEST_MODULE -Force
        (Get-Command -Module McpRuntime).Name | Should -Be $commands
        Remove-Module McpRuntime
        Get-Module McpRuntime | Should -BeNullOrEmpty
        Import-Module $env:TEST_MODULE
        (Get-Command -Module McpRuntime).Name | Should -Be $commands
        (Register-McpClient -Name again -ConfigurationPath (Join-Path $TestDrive 'again.json')).Name | Should -Be 'again'
    }

    It 'works in further runspaces' {
        $names = 1..2 | ForEach-Object -Parallel {
            Import-Module $env:TEST_MODULE
            (Register-McpClient -Name "parallel$_" -ConfigurationPath (Join-Path $using:TestDrive "parallel$_.json")).Name
        }
        $names | Sort-Object | Should -Be 'parallel1', 'parallel2'
    }

    It 'refuses to load a second copy beside the first' {
        $copy = Join-Path $TestDrive 'copy'
        Copy-Item -Recurse (Split-Path $env:TEST_MODULE) $copy
        { Import-Module (Join-Path $copy 'McpRuntime.psd1') } | Should -Throw '*already holds McpRuntime*Start a new pwsh*'
    }
}
