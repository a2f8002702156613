BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    # A user's session finds McpRuntime by its name.
    $env:PSModulePath += [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $env:TEST_MODULE))
    $modules = $env:PSModulePath.Split([System.IO.Path]::PathSeparator)[0]
    $folder = Join-Path $modules 'McpRuntime.Petstore'
    $manifest = Join-Path $folder 'McpRuntime.Petstore.psd1'
    function Get-Assembly { @(Get-ChildItem $folder -Filter *.dll) }
}

Describe 'The module of a connector' {
    BeforeEach {
        $path = New-CommandConnector
        Update-McpConnector petstore -ModuleOnly -WarningVariable warnings -WarningAction SilentlyContinue
    }

    AfterEach {
        Remove-Module McpRuntime.Petstore -ErrorAction Ignore
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }

    It 'is in the modules of the user, and depends on McpRuntime' {
        $warnings | Should -BeNullOrEmpty
        $data = Test-ModuleManifest $manifest
        $data.Version | Should -Be '1.2.3'
        $data.RequiredModules.Name | Should -Be 'McpRuntime'
        $data.RequiredModules.Guid | Should -Be (Import-PowerShellDataFile $env:TEST_MODULE).GUID
        $data.ExportedCmdlets.Keys | Sort-Object | Should -Be 'Get-PetPet', 'Remove-PetPet'
        $data.PrivateData.McpRuntime.Connector | Should -Be 'petstore'
    }

    It 'is found by a new session, which has imported nothing' {
        Invoke-NewSession "(Get-Module).Count; (Get-PetPet 7 -WhatIf 6>&1 | Out-String) -match '/pets/7'; (Get-Module McpRuntime.Petstore).Version.ToString()" |
            Should -Contain '1.2.3'
        $commands = Invoke-NewSession '(Get-Command *-PetPet).Name; (Get-Module).Name'
        $commands | Should -Contain 'Get-PetPet'
        $commands | Should -Not -Contain 'McpRuntime'
    }

    It 'has help with every parameter set, parameter and an example' {
        $help = Get-Help Get-PetPet -Full
        $help.Synopsis | Should -BeLike 'Lists pets.*'
        $help.syntax.syntaxItem.ForEach({ $_.parameter.name -join ' ' }) | Should -Be 'status', 'petId'
        $help.parameters.parameter.name | Should -Be 'Status', 'PetId'
        $help.parameters.parameter[1].description.Text | Should -Be 'Number of the pet.'
        $help.examples.example.code | Should -Be 'Get-PetPet', 'Get-PetPet -PetId 1'
        $help.relatedLinks.navigationLink.linkText | Should -Be 'Remove-PetPet'
        Get-Help about_McpRuntime.Petstore | Should -Match 'PetPet: Get, Remove'
    }

    It 'has parameters with types, values and sets' {
        $command = Get-Command Get-PetPet
        $command.ParameterSets.Name | Should -Be 'List', 'Get'
        $command.DefaultParameterSet | Should -Be 'List'
        $command.Parameters.PetId.ParameterType | Should -Be ([nullable[long]])
        Get-Completion 'Get-PetPet -Status ' | Should -Be 'available', 'sold'
        { Get-PetPet -Status other -WhatIf } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'brings its own assembly into the default load context, and none of ours' {
        $names = Invoke-NewSession "`$null = Get-PetPet 7 -WhatIf 6>&1; [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ `$_.GetName().Name })"
        $names.Where({ $_ -like 'McpRuntime*' }) | Should -Be (Get-Assembly).BaseName
        $names | Should -Not -Contain 'YamlDotNet'
    }

    It 'is left alone where it is current' {
        $before = (Get-Item $manifest).LastWriteTimeUtc
        Update-McpConnector petstore -ModuleOnly
        (Get-Item $manifest).LastWriteTimeUtc | Should -Be $before
    }

    It 'changes with the manifest, also in a session that has loaded it' {
        Import-Module McpRuntime.Petstore
        $old = (Get-Assembly).Name
        (Get-Content $path).Replace('command: Remove-Pet', 'command: Clear-Pet') | Set-Content $path
        Update-McpConnector petstore -ModuleOnly
        (Get-Command Clear-PetPet).Source | Should -Be 'McpRuntime.Petstore'
        Get-Command Remove-PetPet -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-PetPet 7 -WhatIf
        (Get-Assembly).Name | Should -Not -Be $old
        (Get-Assembly).Count | Should -Be 1
    }

    It 'is not written with -WhatIf' {
        (Get-Content $path).Replace('command: Remove-Pet', 'command: Clear-Pet') | Set-Content $path
        Update-McpConnector petstore -ModuleOnly -WhatIf
        Get-Content -Raw $manifest | Should -Not -Match 'Clear-PetPet'
    }

    It 'replaces what another session has loaded, with Import-Module -Force' {
        $session = [powershell]::Create()
        try {
            $null = $session.AddScript("Import-Module '$env:TEST_MODULE'; Import-Module '$manifest'").Invoke()
            (Get-Content $path).Replace('command: Remove-Pet', 'command: Clear-Pet') | Set-Content $path
            Update-McpConnector petstore -ModuleOnly
            $session.Commands.Clear()
            $session.AddScript("(Get-Command -Module McpRuntime.Petstore -ListImported).Name; Import-Module '$manifest' -Force; (Get-Command -Module McpRuntime.Petstore -ListImported).Name").Invoke() |
                Should -Be 'Get-PetPet', 'Remove-PetPet', 'Clear-PetPet', 'Get-PetPet'
            $session.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $session.Dispose() }
    }

    It 'can be imported again with -Force, removed, and is found again' {
        Import-Module McpRuntime.Petstore
        Import-Module McpRuntime.Petstore -Force
        (Get-Command -Module McpRuntime.Petstore).Count | Should -Be 2
        Remove-Module McpRuntime.Petstore
        Get-PetPet 7 -WhatIf
        (Get-Module McpRuntime.Petstore).ExportedCommands.Count | Should -Be 2
    }

    It 'is named before it is removed' {
        $shown = Invoke-NewSession 'Remove-McpConnector petstore -WhatIf' | Out-String
        $shown -replace '\s' | Should -BeLike "*anditsmodulein'$folder'*"
        $manifest | Should -Exist
    }

    It 'goes with its connector' {
        Import-Module McpRuntime.Petstore
        Remove-McpConnector petstore
        $folder, $path | Should -Not -Exist
        Get-Command *-PetPet | Should -BeNullOrEmpty
    }

    It 'keeps files of others, and is no module any more' {
        Set-Content (Join-Path $folder 'notes.txt') mine
        Remove-McpConnector petstore
        (Get-ChildItem $folder -Recurse -File).Name | Should -Be 'notes.txt'
    }

    It 'is elsewhere with -ModulePath, with a warning' {
        $other = Join-Path $TestDrive 'elsewhere'
        Update-McpConnector petstore -ModuleOnly -ModulePath $other -WarningVariable found -WarningAction SilentlyContinue
        $found -join ' ' | Should -Match 'is not in \$env:PSModulePath'
        Join-Path $other McpRuntime.Petstore McpRuntime.Petstore.psd1 | Should -Exist
        Remove-McpConnector petstore -ModulePath $other
        Join-Path $other McpRuntime.Petstore | Should -Not -Exist
        $manifest | Should -Exist
    }

    It 'stays where it is, if that is in the module path' {
        $other = Join-Path $TestDrive 'listed'
        $before = $env:PSModulePath
        $env:PSModulePath += [System.IO.Path]::PathSeparator + $other
        try {
            Remove-Item -LiteralPath $folder -Recurse
            Update-McpConnector petstore -ModuleOnly -ModulePath $other
            Update-McpConnector petstore -ModuleOnly
            $folder | Should -Not -Exist
            Remove-McpConnector petstore
            Join-Path $other McpRuntime.Petstore | Should -Not -Exist
        }
        finally { $env:PSModulePath = $before }
    }

    It 'finds a connectors folder of its own' {
        $other = Join-Path $TestDrive 'shop'
        $null = New-CommandConnector shop -Folder $other -Prefix Shop
        Update-McpConnector shop -ModuleOnly -ConnectorPath $other
        Invoke-NewSession '(Get-ShopPet 7 -WhatIf 6>&1 | Out-String); $?' | Should -Contain 'True'
        Update-McpConnector shop -ModuleOnly -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound*'
        Remove-McpConnector shop -ConnectorPath $other
        Join-Path $modules McpRuntime.Shop | Should -Not -Exist
    }
}

Describe 'A folder that is not the module of the connector' {
    BeforeEach {
        $null = New-CommandConnector
        $null = New-Item -ItemType Directory $folder
    }

    AfterEach {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }

    It 'is left alone: <_>' -ForEach @(
        "@{ ModuleVersion = '1.0' }"
        "@{ ModuleVersion = '1.0'; PrivateData = @{ McpRuntime = 'petstore' } }"
        "@{ ModuleVersion = '1.0'; PrivateData = @{ McpRuntime = @{ Format = 1; Connector = 'other'; Prefix = 'Pet' } } }"
        "@{ PrivateData = @{ McpRuntime = @{ Format = 1; Connector = `$(New-Item '$PWD/ran'; 'petstore'); Prefix = 'Pet' } } }"
        'not a manifest'
    ) {
        Set-Content -LiteralPath $manifest -Value $_
        Update-McpConnector petstore -ModuleOnly -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ModuleForeign,McpRuntime.Cmdlets.Connectors.UpdateMcpConnectorCommand'
        $problem.Exception.Message | Should -BeLike "*$folder*-ModulePath*"
        Remove-McpConnector petstore
        (Get-ChildItem $folder -Recurse -File).Name | Should -Be 'McpRuntime.Petstore.psd1'
        Get-Content $manifest | Should -Be $_
        Join-Path $PWD ran | Should -Not -Exist
    }

    It 'is left alone where it has no manifest, or versions from a gallery' {
        $null = New-Item -ItemType Directory (Join-Path $folder '1.0.0')
        Update-McpConnector petstore -ModuleOnly -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ModuleForeign*'
        $manifest | Should -Not -Exist
    }
}

Describe 'Names that are taken' {
    BeforeEach {
        $path = New-CommandConnector
        $foreign = Join-Path $modules 'Foreign'
        $null = New-Item -ItemType Directory $foreign
        Set-Content (Join-Path $foreign 'Foreign.psm1') 'function Get-PetPet {}'
        New-ModuleManifest (Join-Path $foreign 'Foreign.psd1') -RootModule Foreign.psm1 -FunctionsToExport Get-PetPet
    }

    AfterEach {
        Remove-Item -LiteralPath $foreign, $folder -Recurse -Force -ErrorAction Ignore
    }

    It 'are left out of a new module, and stay in the manifest' {
        Update-McpConnector petstore -ModuleOnly -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -join ' ' | Should -Match 'Get-PetPet is a command of the module Foreign'
        (Import-PowerShellDataFile $manifest).CmdletsToExport | Should -Be 'Remove-PetPet'
        Get-Content -Raw $path | Should -Match 'command: Get-Pet'
    }

    It 'stay where the module has them already, with a warning' {
        $module = Get-Content -Raw (Join-Path $foreign 'Foreign.psd1')
        Remove-Item (Join-Path $foreign 'Foreign.psd1'), (Join-Path $foreign 'Foreign.psm1')
        Update-McpConnector petstore -ModuleOnly -WarningAction SilentlyContinue
        Set-Content (Join-Path $foreign 'Foreign.psm1') 'function Get-PetPet {}'
        Set-Content (Join-Path $foreign 'Foreign.psd1') $module
        Update-McpConnector petstore -ModuleOnly -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -join ' ' | Should -Match 'Get-PetPet.*also one of the module Foreign'
        (Import-PowerShellDataFile $manifest).CmdletsToExport | Should -Contain 'Get-PetPet'
    }

    It 'warn of functions of the session' {
        function global:Remove-PetPet {}
        try {
            Update-McpConnector petstore -ModuleOnly -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings -join ' ' | Should -Match 'Remove-PetPet is a command of this session'
        }
        finally { Remove-Item function:Remove-PetPet }
    }
}

Describe 'A session that does not find McpRuntime by its name' {
    It 'is told' {
        $null = New-CommandConnector
        $before = $env:PSModulePath
        $env:PSModulePath = $modules
        try { Update-McpConnector petstore -ModuleOnly -WarningVariable warnings -WarningAction SilentlyContinue }
        finally {
            $env:PSModulePath = $before
            Remove-McpConnector petstore
        }
        $warnings -join ' ' | Should -Match 'McpRuntime, which is not in \$env:PSModulePath'
    }
}
