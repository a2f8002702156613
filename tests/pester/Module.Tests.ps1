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
        (Get-McpTool -Command pwsh -CommandArgument '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$env:TEST_MODULE'; Start-McpRuntime -Transport Stdio -Wait").Name | Should -Contain 'get_pet'
        Get-OwnAssembly ([System.Runtime.Loader.AssemblyLoadContext]::Default) | Should -BeNullOrEmpty
        $own = [System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Name -eq 'McpRuntime' })
        $own.Count | Should -Be 1
        Get-OwnAssembly $own[0] | Should -Contain 'YamlDotNet'
        Get-OwnAssembly $own[0] | Should -Contain 'Microsoft.Extensions.Logging.Abstractions'
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
