# This file is sourced, not run:  source bin/activate.fish
set -l script (builtin status filename | builtin string collect)
builtin status stack-trace | builtin read -l caller
if builtin string match -q -- '*activate.fish' $script
 if test -z "$caller"
 set -l quoted (builtin string escape -- $script | builtin string collect)
 builtin printf '%s\n' "activate.fish changes the shell that reads it, so it has to be sourced. Type:  source $quoted" >&2
 exit 33
 end
else
 set script
end
if set -qg _VIVARIUM_ENTRY; or set -qg _OLD_VIRTUAL_PATH; or set -qg _OLD_FISH_PROMPT_OVERRIDE
 if builtin functions -q deactivate
 deactivate nondestructive
 end
end
function _vivarium_keep --argument-names name
 if set -qg $name
 set -g _VIVARIUM_OLD_$name $$name
 if set -qgx $name
 set -g _VIVARIUM_EXPORTED $_VIVARIUM_EXPORTED $name
 end
 end
end
function _vivarium_restore --argument-names name
 set -l old _VIVARIUM_OLD_$name
 set -eg $name
 if set -qg $old
 if builtin contains -- $name $_VIVARIUM_EXPORTED
 set -gx $name $$old
 else
 set -gu $name $$old
 end
 end
end
function _vivarium_without --argument-names entry
 set -g _VIVARIUM_LIST $argv[2..-1]
 set -l index (builtin contains -i -- $entry $_VIVARIUM_LIST)
 if set -q index[1]
 set -e _VIVARIUM_LIST[$index]
 end
end
function _vivarium_undo --argument-names name entry
 if not set -qg $name
 return
 end
 set -l old _VIVARIUM_OLD_$name
 set -l new _VIVARIUM_NEW_$name
 set -l length (builtin count $$new)
 set -l rest
 if set -q $old[1]
 for start in (builtin contains -i -- $entry $$name)
 set -l last (builtin math $start + $length - 1)
 if test $last -le (builtin count $$name); and test "$$name[1][$start..$last]" = "$$new"
 set rest $$name[1][1..$start]
 set -e rest[-1]
 set rest $rest $$old
 if test $last -lt (builtin count $$name)
 set rest $rest $$name[1][(builtin math $last + 1)..-1]
 end
 end
 end
 end
 if not set -q rest[1]
 _vivarium_without $entry $$name
 set rest $_VIVARIUM_LIST
 if builtin contains -- $entry $$old; and builtin contains -- $entry $$name; and not builtin contains -- $entry $rest
 set rest $rest $entry
 end
 end
 if not set -qg $old
 set -eg $name
 set -l current $$name
 if test "$current" != "$rest"
 set -gx $name $rest
 end
 else if test -z "$rest"; and test -z "$$old"
 _vivarium_restore $name
 else if builtin contains -- $name $_VIVARIUM_EXPORTED
 set -g $name $rest
 else
 set -gu $name $rest
 end
end
function _vivarium_take_over --argument-names name entry
 while set -qg $name; and builtin contains -- $entry $$name
 _vivarium_without $entry $$name
 set -g $name $_VIVARIUM_LIST
 end
end
function _vivarium_unwrap --argument-names own
 if not builtin functions -q $own; or not builtin functions -q fish_prompt
 return
 end
 set -eg _VIVARIUM_DRAW
 set -l drawn ($own | builtin string collect -N)
 set -l around (builtin string split -m 1 -- "$drawn" (fish_prompt | builtin string collect -N))
 if test -n "$drawn"; and set -q around[2]
 set -l first (builtin string sub -l (builtin string length -- "$around[1]") -- "$drawn" | builtin string collect)
 set -l last (builtin string sub -s -(builtin string length -- "$around[2]") -- "$drawn" | builtin string collect)
 if test -z "$around[2]"
 set last ''
 end
 if test "$first$last" = "$around[1]$around[2]"
 builtin functions -e fish_prompt
 if not set -qg _VIVARIUM_PLAIN
 builtin functions -c $own fish_prompt
 end
 builtin functions -e $own
 end
 end
end
function _vivarium_restore_search
 _vivarium_undo PKG_CONFIG_PATH $_VIVARIUM_PKG_CONFIG
 if set -qg _VIVARIUM_TCL; and test "$TCL_LIBRARY" = "$_VIVARIUM_TCL"
 _vivarium_restore TCL_LIBRARY
 end
 if set -qg _VIVARIUM_TK; and test "$TK_LIBRARY" = "$_VIVARIUM_TK"
 _vivarium_restore TK_LIBRARY
 end
end
function _vivarium_forget
 for name in PATH PKG_CONFIG_PATH VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME TCL_LIBRARY TK_LIBRARY
 set -eg _VIVARIUM_OLD_$name
 end
 for name in ENTRY PKG_CONFIG NEW_PATH NEW_PKG_CONFIG_PATH LIST TCL TK EXPORTED DRAW PLAIN NAME PYDOC
 set -eg _VIVARIUM_$name
 end
 for name in VIRTUAL_PATH VIRTUAL_PYTHONHOME PKG_CONFIG_PATH VIRTUAL_TCL_LIBRARY VIRTUAL_TK_LIBRARY FISH_PROMPT_OVERRIDE
 set -eg _OLD_$name
 end
end
function deactivate --description 'Leave the virtual environment'
 if set -qg _VIVARIUM_ENTRY
 builtin functions -e _vivarium_watch
 _vivarium_undo PATH $_VIVARIUM_ENTRY
 _vivarium_restore_search
 if set -qg _VIVARIUM_OLD_VIRTUAL_ENV; and not begin
 builtin contains -- $_VIVARIUM_OLD_VIRTUAL_ENV/'Scripts' $PATH
 or builtin contains -- $_VIVARIUM_OLD_VIRTUAL_ENV/'Scripts'/ $PATH
 or builtin contains -- $_VIVARIUM_OLD_VIRTUAL_ENV/bin $PATH
 end
 set -eg _VIVARIUM_OLD_VIRTUAL_ENV
 set -eg _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT
 end
 _vivarium_restore VIRTUAL_ENV
 set -qg _VIVARIUM_OLD_VIRTUAL_ENV; or set -eg _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT
 _vivarium_restore VIRTUAL_ENV_PROMPT
 if not set -qg PYTHONHOME; or begin
 set -qU PYTHONHOME; and test -z "$PYTHONHOME"
 end
 _vivarium_restore PYTHONHOME
 end
 if set -qg _VIVARIUM_DRAW; and builtin functions fish_prompt | builtin string match -q -- "*set -l draw $_VIVARIUM_DRAW"
 builtin functions -e fish_prompt
 if not set -qg _VIVARIUM_PLAIN
 builtin functions -c $_VIVARIUM_DRAW fish_prompt
 end
 builtin functions -e $_VIVARIUM_DRAW
 else if set -qg _VIVARIUM_DRAW
 _vivarium_unwrap $_VIVARIUM_DRAW
 end
 if set -qg _VIVARIUM_PYDOC
 builtin functions -e pydoc
 end
 _vivarium_forget
 end
 if test "$argv[1]" != nondestructive
 builtin functions -e _vivarium_keep _vivarium_restore _vivarium_without _vivarium_undo _vivarium_take_over _vivarium_unwrap _vivarium_restore_search _vivarium_watch _vivarium_forget _vivarium_enter deactivate
 end
 return 0
end
function _vivarium_enter --argument-names place
 set -l inherited (builtin string trim -rc / -- $_VIVARIUM_OLD_VIRTUAL_ENV | builtin string collect)
 if test -n "$inherited"; and test "$inherited" = "$place" -o (builtin realpath -- $inherited 2>/dev/null | builtin string collect -N)x = (builtin realpath -- $place | builtin string collect -N)x
 for entry in $place/'Scripts' $place/'Scripts'/ $inherited/'Scripts'
 _vivarium_take_over PATH $entry
 end
 _vivarium_take_over PKG_CONFIG_PATH $place/lib/pkgconfig
 test -z "$PKG_CONFIG_PATH"; and set -eg PKG_CONFIG_PATH
 set -eg _VIVARIUM_OLD_VIRTUAL_ENV
 set -eg _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT
 end
 for name in PATH PKG_CONFIG_PATH PYTHONHOME TCL_LIBRARY TK_LIBRARY
 _vivarium_keep $name
 end
 set -g _OLD_VIRTUAL_PATH $PATH
 set -qg PYTHONHOME; and set -g _OLD_VIRTUAL_PYTHONHOME $PYTHONHOME
 set -g _OLD_PKG_CONFIG_PATH $PKG_CONFIG_PATH
 set -gx VIRTUAL_ENV $place
 set -gx VIRTUAL_ENV_PROMPT ''
 if test -z "$VIRTUAL_ENV_PROMPT"
 set -l parts (builtin string split -- / $place)
 set -gx VIRTUAL_ENV_PROMPT $parts[-1]
 end
 set -g _VIVARIUM_ENTRY $place/'Scripts'
 set -gx PATH $_VIVARIUM_ENTRY $PATH
 set -g _VIVARIUM_NEW_PATH $PATH
 set -g _VIVARIUM_PKG_CONFIG $place/lib/pkgconfig
 if test -n "$PKG_CONFIG_PATH"
 set -gx PKG_CONFIG_PATH $_VIVARIUM_PKG_CONFIG $PKG_CONFIG_PATH
 else
 set -gx PKG_CONFIG_PATH $_VIVARIUM_PKG_CONFIG
 end
 set -g _VIVARIUM_NEW_PKG_CONFIG_PATH $PKG_CONFIG_PATH
 set -eg PYTHONHOME
 if set -qU PYTHONHOME
 set -gx PYTHONHOME ''
 end
 if test -n 'C:'"\\"'Python'"\\"'tcl'"\\"'tcl8.5'
 set -g _VIVARIUM_TCL 'C:'"\\"'Python'"\\"'tcl'"\\"'tcl8.5'
 set -g _VIVARIUM_TK 'C:'"\\"'Python'"\\"'tcl'"\\"'tk8.5'
 set -g _OLD_VIRTUAL_TCL_LIBRARY $TCL_LIBRARY
 set -g _OLD_VIRTUAL_TK_LIBRARY $TK_LIBRARY
 set -gx TCL_LIBRARY $_VIVARIUM_TCL
 set -gx TK_LIBRARY $_VIVARIUM_TK
 end
 if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"
 set -g _VIVARIUM_DRAW _old_fish_prompt
 while builtin functions -q $_VIVARIUM_DRAW
 set _VIVARIUM_DRAW "$_VIVARIUM_DRAW"_
 end
 if builtin functions -q fish_prompt
 builtin functions -c fish_prompt $_VIVARIUM_DRAW
 else
 set -g _VIVARIUM_PLAIN
 function $_VIVARIUM_DRAW
 builtin printf '> '
 end
 end
 set -g _VIVARIUM_NAME $VIRTUAL_ENV_PROMPT
 set -g _OLD_FISH_PROMPT_OVERRIDE $place
 set -l draw $_VIVARIUM_DRAW
 function fish_prompt --inherit-variable draw
 set -l drawn ($draw $argv | builtin string collect -N)
 if test "$_VIVARIUM_DRAW" = $draw
 builtin printf '(%s) ' "$_VIVARIUM_NAME"
 end
 builtin printf %s "$drawn"
 end
 end
 function _vivarium_watch --on-variable VIRTUAL_ENV
 if not builtin functions deactivate | builtin string match -q '*_VIVARIUM_ENTRY*'
 builtin functions -e _vivarium_watch
 _vivarium_restore_search
 set -qg _VIVARIUM_PYDOC; and builtin functions pydoc | builtin string match -q '*_VIVARIUM_PYDOC*'; and builtin functions -e pydoc
 for name in (set -ng | builtin string match '_VIVARIUM_*')
 set -eg $name
 end
 builtin functions -e _vivarium_keep _vivarium_restore _vivarium_without _vivarium_undo _vivarium_take_over _vivarium_unwrap _vivarium_restore_search _vivarium_watch _vivarium_forget _vivarium_enter
 end
 end
 if not builtin functions -q pydoc
 set -g _VIVARIUM_PYDOC $place/'Scripts/python.exe'
 function pydoc --description 'Show the documentation of what the virtual environment holds'
 command $_VIVARIUM_PYDOC -m pydoc $argv
 end
 end
 return 0
end
_vivarium_forget
set -g _VIVARIUM_EXPORTED
_vivarium_keep VIRTUAL_ENV
_vivarium_keep VIRTUAL_ENV_PROMPT
set -gx VIRTUAL_ENV 'C:'"\\"'Users'"\\"'it’s me'"\\"'env'
set -l place $VIRTUAL_ENV
if builtin string match -qr -- '^([A-Za-z]:[\\\\/]|\\\\\\\\)' $place; and command -sq cygpath
 set place (command cygpath -u -- $place | builtin string collect)
end
if test -n "$script"; and not builtin contains -- $place/'Scripts'/activate.fish $script $PWD/$script
 set -l written (builtin realpath -- $place/'Scripts'/activate.fish 2>/dev/null | builtin string collect -N)
 set -l sourced (builtin realpath -- $script | builtin string collect -N)
 set -l parts (builtin string split -- / $script)
 if builtin string match -qv -- '/*' $script
 set parts (builtin string split -- / $PWD) $parts
 end
 set -l directory
 for part in $parts[1..-2] (builtin string split -- / '..')
 switch $part
 case '' .
 case ..
 set -e directory[-1]
 case '*'
 set directory $directory $part
 end
 end
 set -l found
 for part in $directory
 set found "$found/$part"
 end
 if test "$sourced" != "$written"; and test -f "$found/pyvenv.cfg"
 set place $found
 end
end
if test -d "$place/"'Scripts'
 _vivarium_enter $place
else
 _vivarium_restore VIRTUAL_ENV
 _vivarium_restore VIRTUAL_ENV_PROMPT
 _vivarium_forget
 deactivate
 builtin printf '%s\n' "activate.fish: there is no environment in $place." >&2
 builtin false
end
