@rem No label is come to but by a jump: the cmd.exe of wine would show it.

@rem The variables, each by its name with a v before it, and with its quotes doubled: then whatever is in a value stays
@rem inside the quotes that are put around it. An empty variable is the same as none.
:load
@set "vPATH="
@set "vPROMPT="
@set "vPYTHONHOME="
@set "vPKG_CONFIG_PATH="
@set "vTCL_LIBRARY="
@set "vTK_LIBRARY="
@set "vVIRTUAL_ENV="
@set "vVIRTUAL_ENV_PROMPT="
@set "v_VIVARIUM_ENTRY="
@set "v_VIVARIUM_HAD_ENTRY="
@set "v_VIVARIUM_PKG_CONFIG="
@set "v_VIVARIUM_PROMPT="
@set "v_VIVARIUM_TCL="
@set "v_VIVARIUM_TK="
@set "v_VIVARIUM_OLD_PROMPT="
@set "v_VIVARIUM_OLD_PYTHONHOME="
@set "v_VIVARIUM_OLD_TCL="
@set "v_VIVARIUM_OLD_TK="
@set "v_VIVARIUM_OLD_VIRTUAL_ENV="
@set "v_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT="
@if defined PATH set "vPATH=%PATH:"=""%"
@if defined PROMPT set "vPROMPT=%PROMPT:"=""%"
@if defined PYTHONHOME set "vPYTHONHOME=%PYTHONHOME:"=""%"
@if defined PKG_CONFIG_PATH set "vPKG_CONFIG_PATH=%PKG_CONFIG_PATH:"=""%"
@if defined TCL_LIBRARY set "vTCL_LIBRARY=%TCL_LIBRARY:"=""%"
@if defined TK_LIBRARY set "vTK_LIBRARY=%TK_LIBRARY:"=""%"
@if defined VIRTUAL_ENV set "vVIRTUAL_ENV=%VIRTUAL_ENV:"=""%"
@if defined VIRTUAL_ENV_PROMPT set "vVIRTUAL_ENV_PROMPT=%VIRTUAL_ENV_PROMPT:"=""%"
@if defined _VIVARIUM_ENTRY set "v_VIVARIUM_ENTRY=%_VIVARIUM_ENTRY:"=""%"
@if defined _VIVARIUM_HAD_ENTRY set "v_VIVARIUM_HAD_ENTRY=%_VIVARIUM_HAD_ENTRY:"=""%"
@if defined _VIVARIUM_PKG_CONFIG set "v_VIVARIUM_PKG_CONFIG=%_VIVARIUM_PKG_CONFIG:"=""%"
@if defined _VIVARIUM_PROMPT set "v_VIVARIUM_PROMPT=%_VIVARIUM_PROMPT:"=""%"
@if defined _VIVARIUM_TCL set "v_VIVARIUM_TCL=%_VIVARIUM_TCL:"=""%"
@if defined _VIVARIUM_TK set "v_VIVARIUM_TK=%_VIVARIUM_TK:"=""%"
@if defined _VIVARIUM_OLD_PROMPT set "v_VIVARIUM_OLD_PROMPT=%_VIVARIUM_OLD_PROMPT:"=""%"
@if defined _VIVARIUM_OLD_PYTHONHOME set "v_VIVARIUM_OLD_PYTHONHOME=%_VIVARIUM_OLD_PYTHONHOME:"=""%"
@if defined _VIVARIUM_OLD_TCL set "v_VIVARIUM_OLD_TCL=%_VIVARIUM_OLD_TCL:"=""%"
@if defined _VIVARIUM_OLD_TK set "v_VIVARIUM_OLD_TK=%_VIVARIUM_OLD_TK:"=""%"
@if defined _VIVARIUM_OLD_VIRTUAL_ENV set "v_VIVARIUM_OLD_VIRTUAL_ENV=%_VIVARIUM_OLD_VIRTUAL_ENV:"=""%"
@if defined _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT set "v_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT=%_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT:"=""%"
@exit /b

@rem Takes back what an activation did, of this environment or of another.
:leave
@if not defined v_VIVARIUM_ENTRY exit /b
@set "list=%vPATH%"
@set "entry=%v_VIVARIUM_ENTRY%"
@call :without
@rem Whatever removes duplicates has lost an equal entry of the user's: it is put at the end again.
@set "had=%v_VIVARIUM_HAD_ENTRY%"
@if "%list%"=="%vPATH%" set "had="
@set "vPATH=%list%"
@set "entry=%v_VIVARIUM_ENTRY%"
@if defined had call :without
@if defined had if "%list%"=="%vPATH%" set "vPATH=%vPATH%;%v_VIVARIUM_ENTRY%"
@set "list=%vPKG_CONFIG_PATH%"
@set "entry=%v_VIVARIUM_PKG_CONFIG%"
@call :without
@set "vPKG_CONFIG_PATH=%list%"
@rem What was inherited counts only if it names another environment, which commands are still found in.
@set "vVIRTUAL_ENV="
@set "vVIRTUAL_ENV_PROMPT="
@set below=__VIVARIUM_SCRIPTS__
@set "list=%vPATH%"
@set "entry=%v_VIVARIUM_OLD_VIRTUAL_ENV%%below%"
@if defined v_VIVARIUM_OLD_VIRTUAL_ENV call :without
@if not "%list%"=="%vPATH%" set "vVIRTUAL_ENV=%v_VIVARIUM_OLD_VIRTUAL_ENV%"
@if not "%list%"=="%vPATH%" set "vVIRTUAL_ENV_PROMPT=%v_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT%"
@rem What was set in the meantime stays.
@rem What was set in the meantime stays.
@if not defined vPYTHONHOME set "vPYTHONHOME=%v_VIVARIUM_OLD_PYTHONHOME%"
@if defined v_VIVARIUM_PROMPT if "%vPROMPT%"=="%v_VIVARIUM_PROMPT%" set "vPROMPT=%v_VIVARIUM_OLD_PROMPT%"
@if defined v_VIVARIUM_TCL if "%vTCL_LIBRARY%"=="%v_VIVARIUM_TCL%" set "vTCL_LIBRARY=%v_VIVARIUM_OLD_TCL%"
@if defined v_VIVARIUM_TK if "%vTK_LIBRARY%"=="%v_VIVARIUM_TK%" set "vTK_LIBRARY=%v_VIVARIUM_OLD_TK%"
@set "v_VIVARIUM_ENTRY="
@set "v_VIVARIUM_HAD_ENTRY="
@set "v_VIVARIUM_PKG_CONFIG="
@set "v_VIVARIUM_PROMPT="
@set "v_VIVARIUM_TCL="
@set "v_VIVARIUM_TK="
@set "v_VIVARIUM_OLD_PROMPT="
@set "v_VIVARIUM_OLD_PYTHONHOME="
@set "v_VIVARIUM_OLD_TCL="
@set "v_VIVARIUM_OLD_TK="
@set "v_VIVARIUM_OLD_VIRTUAL_ENV="
@set "v_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT="
@exit /b

@rem The list without all entries that are %own%.
:purge
@set "before=%list%"
@set "entry=%own%"
@call :without
@if not "%list%"=="%before%" goto purge
@exit /b

@rem The list without the first entry that is exactly this one. A mark before each entry lets empty ones count too.
:without
@if not defined list exit /b
@set "rest=?%list:;=;?%;"
@set "list="
@goto entry
:entry
@for /f "delims=;" %%I in ("%rest%") do @set "item=%%I"
@set "rest=%rest:*;=%"
@if not defined entry goto keep
@if not "%item%"=="?%entry%" goto keep
@set "entry="
@goto next
:keep
@set "list=%list%;%item%"
@goto next
:next
@if defined rest goto entry
@if not defined list exit /b
@set "list=%list:;?=;%"
@set "list=%list:~1%"
@exit /b

@rem Makes the word that sets a variable to the value, for a line outside of quotes. In a shell with delayed expansion that
@rem line is read once more if there is an exclamation mark in it.
:word
@set "w%1=%1="
@if not defined value exit /b
@if not defined delayed goto escape
@if "%value:!=%"=="%value%" goto escape
@set "value=%value:^=^^%"
@set "value=%value:!=^!%"
@goto escape
:escape
@set "value=%value:^=^^%"
@set "value=%value:&=^&%"
@set "value=%value:|=^|%"
@set "value=%value:<=^<%"
@set "value=%value:>=^>%"
@set "w%1=%1=%value%"
@exit /b

:give
@set "value=%vPATH%"& call :word PATH
@set "value=%vPROMPT%"& call :word PROMPT
@set "value=%vPYTHONHOME%"& call :word PYTHONHOME
@set "value=%vPKG_CONFIG_PATH%"& call :word PKG_CONFIG_PATH
@set "value=%vTCL_LIBRARY%"& call :word TCL_LIBRARY
@set "value=%vTK_LIBRARY%"& call :word TK_LIBRARY
@set "value=%vVIRTUAL_ENV%"& call :word VIRTUAL_ENV
@set "value=%vVIRTUAL_ENV_PROMPT%"& call :word VIRTUAL_ENV_PROMPT
@set "value=%v_VIVARIUM_ENTRY%"& call :word _VIVARIUM_ENTRY
@set "value=%v_VIVARIUM_HAD_ENTRY%"& call :word _VIVARIUM_HAD_ENTRY
@set "value=%v_VIVARIUM_PKG_CONFIG%"& call :word _VIVARIUM_PKG_CONFIG
@set "value=%v_VIVARIUM_PROMPT%"& call :word _VIVARIUM_PROMPT
@set "value=%v_VIVARIUM_TCL%"& call :word _VIVARIUM_TCL
@set "value=%v_VIVARIUM_TK%"& call :word _VIVARIUM_TK
@set "value=%v_VIVARIUM_OLD_PROMPT%"& call :word _VIVARIUM_OLD_PROMPT
@set "value=%v_VIVARIUM_OLD_PYTHONHOME%"& call :word _VIVARIUM_OLD_PYTHONHOME
@set "value=%v_VIVARIUM_OLD_TCL%"& call :word _VIVARIUM_OLD_TCL
@set "value=%v_VIVARIUM_OLD_TK%"& call :word _VIVARIUM_OLD_TK
@set "value=%v_VIVARIUM_OLD_VIRTUAL_ENV%"& call :word _VIVARIUM_OLD_VIRTUAL_ENV
@set "value=%v_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT%"& call :word _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT
@endlocal& endlocal& set %wPATH:""=^"%& set %wPROMPT:""=^"%& set %wPYTHONHOME:""=^"%& set %wPKG_CONFIG_PATH:""=^"%& set %wTCL_LIBRARY:""=^"%& set %wTK_LIBRARY:""=^"%& set %wVIRTUAL_ENV:""=^"%& set %wVIRTUAL_ENV_PROMPT:""=^"%& set %w_VIVARIUM_ENTRY:""=^"%& set %w_VIVARIUM_HAD_ENTRY:""=^"%& set %w_VIVARIUM_PKG_CONFIG:""=^"%& set %w_VIVARIUM_PROMPT:""=^"%& set %w_VIVARIUM_TCL:""=^"%& set %w_VIVARIUM_TK:""=^"%& set %w_VIVARIUM_OLD_PROMPT:""=^"%& set %w_VIVARIUM_OLD_PYTHONHOME:""=^"%& set %w_VIVARIUM_OLD_TCL:""=^"%& set %w_VIVARIUM_OLD_TK:""=^"%& set %w_VIVARIUM_OLD_VIRTUAL_ENV:""=^"%& set %w_VIVARIUM_OLD_VIRTUAL_ENV_PROMPT:""=^"%
@ver >nul
