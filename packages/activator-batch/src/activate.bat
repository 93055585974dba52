@rem Enters a Python virtual environment, in the command prompt of Windows:  .venv\Scripts\activate.bat
@rem
@rem Nothing is switched in the shell that runs this, not even for a moment: each line begins with a sign that keeps it
@rem from being shown, and all variables are set by the last line but one, outside of the scope that begins here.
@setlocal EnableExtensions
@set "delayed="
@if "!!"=="" set "delayed=1"
@setlocal DisableDelayedExpansion
@call :load
@call :leave

@rem A name that isn't plain ASCII is read in UTF-8.
@set wide=__VIVARIUM_WIDE__
@set "page="
@set "chcp=%SystemRoot%\System32\chcp.com"
@if defined wide for /f "tokens=2 delims=:." %%P in ('"%chcp%"') do @set "page=%%P"
@if defined page "%chcp%" 65001 >nul
@set destination=__VIVARIUM_DESTINATION__
@set name=__VIVARIUM_PROMPT__
@set scripts=__VIVARIUM_SCRIPTS__
@set root=__VIVARIUM_ROOT__
@set tcl=__VIVARIUM_TCL__
@set tk=__VIVARIUM_TK__
@if defined page "%chcp%" %page% >nul

@rem The environment is where this file is. What was written down counts where cmd.exe can't tell: it looks in the wrong
@rem place for a batch file that was found on PATH by a name in quotes.
@if exist "%~dp0activate.bat" for %%I in ("%~dp0%root%") do @set "destination=%%~fI"
@if not defined name for %%I in ("%destination%") do @set "name=%%~nxI"
@set "name=%name:"=""%"

@set "v_VIVARIUM_ENTRY=%destination%%scripts%"
@set "v_VIVARIUM_PKG_CONFIG=%destination%\lib\pkgconfig"
@rem A shell above has activated this very environment: what it did is this activation's to take back.
@if /i "%vVIRTUAL_ENV%"=="%destination%" call :takeover
@set "v_VIVARIUM_HAD_ENTRY="
@set "list=%vPATH%"
@set "entry=%v_VIVARIUM_ENTRY%"
@call :without
@if not "%list%"=="%vPATH%" set "v_VIVARIUM_HAD_ENTRY=1"
@set "v_VIVARIUM_OLD_VIRTUAL_ENV=%vVIRTUAL_ENV%"
@set "v_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT=%vVIRTUAL_ENV_PROMPT%"
@set "v_VIVARIUM_OLD_PYTHONHOME=%vPYTHONHOME%"
@set "vVIRTUAL_ENV=%destination%"
@set "vVIRTUAL_ENV_PROMPT=%name%"
@set "vPYTHONHOME="
@if defined vPATH set "vPATH=;%vPATH%"
@set "vPATH=%v_VIVARIUM_ENTRY%%vPATH%"
@if defined vPKG_CONFIG_PATH set "vPKG_CONFIG_PATH=;%vPKG_CONFIG_PATH%"
@set "vPKG_CONFIG_PATH=%v_VIVARIUM_PKG_CONFIG%%vPKG_CONFIG_PATH%"

@rem Where Tk looks for its scripts, for a Python that would not find them itself.
@if not defined tcl goto prompt
@set "v_VIVARIUM_OLD_TCL=%vTCL_LIBRARY%"
@set "v_VIVARIUM_OLD_TK=%vTK_LIBRARY%"
@set "v_VIVARIUM_TCL=%tcl:"=""%"
@set "v_VIVARIUM_TK=%tk:"=""%"
@set "vTCL_LIBRARY=%v_VIVARIUM_TCL%"
@set "vTK_LIBRARY=%v_VIVARIUM_TK%"
@goto prompt

:prompt
@if defined VIRTUAL_ENV_DISABLE_PROMPT goto give
@set "v_VIVARIUM_OLD_PROMPT=%vPROMPT%"
@if not defined vPROMPT set "vPROMPT=$P$G"
@set "vPROMPT=(%name:$=$$%) %vPROMPT%"
@set "v_VIVARIUM_PROMPT=%vPROMPT%"
@goto give

:takeover
@set "list=%vPATH%"
@set "own=%v_VIVARIUM_ENTRY%"
@call :purge
@set "own=%v_VIVARIUM_ENTRY%\"
@call :purge
@set "vPATH=%list%"
@set "list=%vPKG_CONFIG_PATH%"
@set "own=%v_VIVARIUM_PKG_CONFIG%"
@call :purge
@set "vPKG_CONFIG_PATH=%list%"
@set "vVIRTUAL_ENV="
@set "vVIRTUAL_ENV_PROMPT="
@exit /b

