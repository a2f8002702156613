@{
    ModuleVersion     = '1.0'
    Description       = 'For the tests of McpRuntime only: a vault in files of the home folder. It protects nothing.'
    NestedModules     = @('./TestStore.Extension')
    FunctionsToExport = @('Lock-TestStore', 'Reset-TestStore')
}
