<#
.SYNOPSIS
Enters a Python virtual environment.

.DESCRIPTION
Puts the environment's commands first on PATH and its name in front of the prompt, until `deactivate` is called. It may
be dot-sourced or just run: what it defines is global either way, and it leaves no variable of its own in your scope.

.EXAMPLE
.venv/bin/activate.ps1

.EXAMPLE
.venv\Scripts\activate.ps1 -Prompt 'another name'
#>

# One text for Windows PowerShell 5.1 and PowerShell 7. Commands are named with their modules, so that neither an alias
# nor a function can take their place, and no .NET type is used by name: a constrained session would refuse it.
& {
    param([string] $VenvDir, [string] $Prompt)

    $destination = __VIVARIUM_DESTINATION__
    $ownName = __VIVARIUM_PROMPT__
    $separator = __VIVARIUM_SEPARATOR__
    # These three begin with what stands between the directories of a path.
    $scripts = __VIVARIUM_SCRIPTS__
    $python = __VIVARIUM_PYTHON__
    $pkgConfig = __VIVARIUM_PKG_CONFIG__
    # Where Tk looks for its scripts, for a Python that would not find them itself; else empty.
    $tcl = __VIVARIUM_TCL__
    $tk = __VIVARIUM_TK__

    # A drive that only this PowerShell knows, or the name of a provider before the path, would mean nothing to programs.
    $slash = $scripts.Substring(0, 1)
    $here = [string] $PSScriptRoot
    $asked = if ($VenvDir) { $VenvDir } else { $here }
    if ($asked) {
        $found = Microsoft.PowerShell.Management\Resolve-Path -LiteralPath $asked -ErrorAction Stop
        if ($found.Provider.Name -ne 'FileSystem') {
            throw "activate.ps1: an environment is a directory of the file system, and $asked is none."
        }
        $asked = $found.ProviderPath
    }
    if ($VenvDir) { $VenvDir = $asked } else { $here = $asked }

    # An active environment goes first, by its own function: here that of another tool's, below one of ours. virtualenv
    # keeps what was there in a variable of the shell, the venv module in one of the environment.
    $active = Microsoft.PowerShell.Utility\Get-Variable -Name _VIVARIUM -Scope Global -ValueOnly -ErrorAction Ignore
    $isTheirs = Microsoft.PowerShell.Management\Test-Path -LiteralPath Variable:_OLD_VIRTUAL_PATH
    if ($null -ne $env:_OLD_VIRTUAL_PATH) { $isTheirs = $true }
    if ($null -eq $active -and $isTheirs) {
        if ($null -ne $function:deactivate) { & $function:deactivate -NonDestructive }
    }

    function global:deactivate {
        param([switch] $NonDestructive)

        $state = Microsoft.PowerShell.Utility\Get-Variable -Name _VIVARIUM -Scope Global -ValueOnly -ErrorAction Ignore
        if ($null -ne $state) {
            # The list without the first entry that is exactly this one.
            $without = {
                param($List, $Entry)
                $isGone = $false
                $rest = foreach ($item in $List.Split($state.Separator)) {
                    if (-not $isGone -and $item -ceq $Entry) { $isGone = $true } else { $item }
                }
                @($rest) -join $state.Separator
            }
            # What activation left becomes what it was. Whatever removes duplicates has lost an equal entry of the
            # user's: it is put at the end again.
            $undo = {
                param($List, $New, $Old, $Entry)
                $rest = & $without $List $Entry
                $wasThere = "$Old".Split($state.Separator) -ccontains $Entry
                $isThere = $List.Split($state.Separator) -ccontains $Entry
                if ($List -ceq $New) {
                    "$Old"
                } elseif ($wasThere -and $isThere -and $rest.Split($state.Separator) -cnotcontains $Entry) {
                    $rest + $state.Separator + $Entry
                } else {
                    $rest
                }
            }
            if ($null -ne $env:PATH) {
                $left = & $undo $env:PATH $state.NewPath $state.OldPath $state.Entry
                if ($left -eq '') { $left = $state.EmptyPath }
                $env:PATH = $left
            }
            if ($null -ne $env:PKG_CONFIG_PATH) {
                $left = & $undo $env:PKG_CONFIG_PATH $state.NewPkgConfigPath $state.OldPkgConfigPath $state.PkgConfig
                if ($left -eq '') { $left = $state.EmptyPkgConfigPath }
                $env:PKG_CONFIG_PATH = $left
            }

            # What was inherited counts only if it names another environment, which commands are still found in.
            if ("$env:PATH".Split($state.Separator) -notcontains ([string] $state.OldVirtualEnv + $state.Scripts)) {
                $state.OldVirtualEnv = $null
                $state.OldVirtualEnvPrompt = $null
            }
            $env:VIRTUAL_ENV = $state.OldVirtualEnv
            $env:VIRTUAL_ENV_PROMPT = $state.OldVirtualEnvPrompt
            $env:_OLD_VIRTUAL_PATH = $null
            $env:_OLD_VIRTUAL_PYTHONHOME = $null

            # What the user has set in the meantime stays.
            if ($state.OldPythonHome -and $null -eq $env:PYTHONHOME) { $env:PYTHONHOME = $state.OldPythonHome }
            if ($state.Tcl) {
                if ($env:TCL_LIBRARY -ceq $state.Tcl) { $env:TCL_LIBRARY = $state.OldTcl }
                if ($env:TK_LIBRARY -ceq $state.Tk) { $env:TK_LIBRARY = $state.OldTk }
            }
            if ($state.OwnPrompt) {
                if ([string] $function:prompt -ceq $state.OwnPrompt) {
                    Microsoft.PowerShell.Management\Set-Item -LiteralPath Function:prompt -Value $state.Drawn.Users
                    $global:_VIVARIUM_PROMPT = $state.Drawn.Outer
                } else {
                    # A prompt that was set in the meantime may call ours.
                    $state.Drawn.Prefix = ''
                }
                if ($null -eq $global:_VIVARIUM_PROMPT) {
                    Microsoft.PowerShell.Utility\Remove-Variable -Name _VIVARIUM_PROMPT -Scope Global
                }
            }
            if ($state.OwnPydoc -and [string] $function:pydoc -ceq $state.OwnPydoc) {
                Microsoft.PowerShell.Management\Remove-Item -LiteralPath Function:pydoc
            }
            Microsoft.PowerShell.Utility\Remove-Variable -Name _VIVARIUM -Scope Global
        }
        if (-not $NonDestructive) {
            Microsoft.PowerShell.Management\Remove-Item -LiteralPath Function:deactivate
        }
    }
    & $function:deactivate -NonDestructive

    # The environment is where this file is. What was written down counts only where a text without a file is evaluated.
    $length = $here.Length - $scripts.Length
    if ($VenvDir) {
        $destination = $VenvDir.TrimEnd($slash)
    } elseif ($length -gt 0 -and $here.Substring($length) -eq $scripts) {
        $destination = $here.Substring(0, $length)
    }
    if (-not $Prompt) { $Prompt = $ownName }
    if (-not $Prompt) { $Prompt = $destination.Substring($destination.LastIndexOf($slash) + 1) }

    # A shell above has activated this very environment: what it did is this activation's to take back.
    $outer = @{ Place = $env:VIRTUAL_ENV; Prompt = $env:VIRTUAL_ENV_PROMPT; Path = $env:PATH; PkgConfig = $env:PKG_CONFIG_PATH }
    if ($outer.Place -and $outer.Place.TrimEnd($slash) -eq $destination) {
        $gone = @(($destination + $scripts), ($destination + $scripts + $slash), ($destination + $pkgConfig))
        $outer.Place = $null
        $outer.Prompt = $null
        foreach ($name in @('Path', 'PkgConfig')) {
            if ($null -ne $outer[$name]) {
                $rest = foreach ($item in $outer[$name].Split($separator)) { if ($gone -cnotcontains $item) { $item } }
                $outer[$name] = @($rest) -join $separator
            }
        }
        if ($outer.PkgConfig -eq '') { $outer.PkgConfig = $null }
    }

    # Where there was no PATH there will be none: null takes a variable away.
    $global:_VIVARIUM = @{
        Separator = $separator
        Scripts = $scripts
        Entry = $destination + $scripts
        PkgConfig = $destination + $pkgConfig
        Python = $destination + $python
        Tcl = $tcl
        Tk = $tk
        EmptyPath = if ($null -eq $outer.Path) { $null } else { '' }
        EmptyPkgConfigPath = if ($null -eq $outer.PkgConfig) { $null } else { '' }
        OldPath = $outer.Path
        OldPkgConfigPath = $outer.PkgConfig
        NewPath = $null
        NewPkgConfigPath = $null
        OldVirtualEnv = $outer.Place
        OldVirtualEnvPrompt = $outer.Prompt
        OldPythonHome = $env:PYTHONHOME
        OldTcl = $env:TCL_LIBRARY
        OldTk = $env:TK_LIBRARY
        Drawn = $null
        OwnPrompt = $null
        OwnPydoc = $null
    }

    # By these names the script of the venv module, run on top, restores what was there.
    $env:_OLD_VIRTUAL_PATH = $outer.Path
    $env:_OLD_VIRTUAL_PYTHONHOME = $env:PYTHONHOME

    $env:VIRTUAL_ENV = $destination
    $env:VIRTUAL_ENV_PROMPT = $Prompt
    $entry = $global:_VIVARIUM.Entry
    $env:PATH = if ($outer.Path) { $entry + $separator + $outer.Path } else { $entry }
    $entry = $global:_VIVARIUM.PkgConfig
    $env:PKG_CONFIG_PATH = if ($outer.PkgConfig) { $entry + $separator + $outer.PkgConfig } else { $entry }
    $global:_VIVARIUM.NewPath = $env:PATH
    $global:_VIVARIUM.NewPkgConfigPath = $env:PKG_CONFIG_PATH
    # To Python an empty one is the same as none.
    if ($env:PYTHONHOME) { $env:PYTHONHOME = $null }
    if ($tcl) {
        $env:TCL_LIBRARY = $tcl
        $env:TK_LIBRARY = $tk
    }

    if (-not $env:VIRTUAL_ENV_DISABLE_PROMPT) {
        $outerPrompt = Microsoft.PowerShell.Utility\Get-Variable -Name _VIVARIUM_PROMPT -Scope Global -ValueOnly -ErrorAction Ignore
        $users = if ($null -eq $function:prompt) { { 'PS> ' } } else { $function:prompt }
        $drawn = @{ Prefix = "($Prompt) "; Users = $users; Outer = $outerPrompt; IsBusy = $false }
        $global:_VIVARIUM.Drawn = $drawn
        $global:_VIVARIUM_PROMPT = $drawn
        function global:prompt {
            $succeeded = $?
            # The user's own prompt may have been created around this function, for an environment that was left since.
            $drawn = $global:_VIVARIUM_PROMPT
            while ($drawn.IsBusy -and $null -ne $drawn.Outer) { $drawn = $drawn.Outer }
            $drawn.IsBusy = $true
            try {
                Microsoft.PowerShell.Utility\Write-Host -Object $drawn.Prefix -NoNewline -ForegroundColor Green
                # It is to see what became of the last command, and not of the lines above.
                if (-not $succeeded) { Microsoft.PowerShell.Utility\Write-Error -Message failed -ErrorAction Ignore }
                & $drawn.Users
            } finally {
                $drawn.IsBusy = $false
            }
        }
        $global:_VIVARIUM.OwnPrompt = [string] $function:prompt
    }

    if ($null -eq $function:pydoc -and $null -eq $alias:pydoc) {
        function global:pydoc { & $global:_VIVARIUM.Python -m pydoc @args }
        $global:_VIVARIUM.OwnPydoc = [string] $function:pydoc
    }
} @args
