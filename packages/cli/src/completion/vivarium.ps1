# Completion of vivarium in PowerShell:  vivarium completion powershell | Out-String | Invoke-Expression
# What can follow is asked of vivarium itself, so that it knows the options of the plugins which the line names.

Register-ArgumentCompleter -Native -CommandName vivarium -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $command = $words[0]
    $before = @($words | Select-Object -Skip 1)
    # Windows PowerShell drops empty arguments; a space is understood as one.
    $current = if ($wordToComplete) { $wordToComplete } else { ' ' }
    $lines = @(& $command complete -- @before $current 2> $null)
    $lines | Select-Object -Skip 1 | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        if (-not $help) { $help = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
    }
}
