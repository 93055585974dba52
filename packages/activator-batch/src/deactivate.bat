@rem Leaves the Python virtual environment that is active, whichever it is.
@setlocal EnableExtensions
@set "delayed="
@if "!!"=="" set "delayed=1"
@setlocal DisableDelayedExpansion
@call :load
@call :leave
@goto give
