@{
    ModuleVersion     = '1.0'
    Description       = 'For the tests of McpRuntime only: a vault in files of a folder, which a test can hold at each step. It protects nothing.'
    NestedModules     = @('./GateStore.Extension')
    FunctionsToExport = @()
}
