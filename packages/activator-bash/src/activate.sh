# shellcheck shell=sh
# This file is sourced, not run:  . bin/activate
#
# One text for bash, zsh, ksh93, mksh, dash, busybox sh, yash and posh. What only one of them understands is in a string
# that only that shell evaluates; no string spans lines, which zsh's csh_junkie_quotes would refuse. No value is ever put
# into a string that is evaluated. Neither an alias nor a function of the user's can take the place of a command:
# - in most shells special built-ins (export, unset, eval, set) come before functions, and what else is needed is asked
#   for in a subshell that has lost its functions;
# - bash and zsh have prefixes, `command` and `builtin`, whose own functions are set aside in the meantime.
#
# A shell takes longer to read this file than to run it. What only leaving needs is therefore between #{ and #}: the build
# makes one string of it, which is read faster than commands, and which _viv_load evaluates (text-files.ts has the rules).
# What not every activation needs is at the end of the file, and the others do not read so far.

# Bash in its POSIX mode puts no alias in the place of a word like `case`: assigning to POSIXLY_CORRECT switches that on
# without a command. The other shells take no note of it while they run.
_VIV_GUARD=${POSIXLY_CORRECT+posix},$-,${BASHOPTS-}
POSIXLY_CORRECT=${POSIXLY_CORRECT-y}
_VIV_SHELL=${BASH_VERSION:+bash}${ZSH_VERSION:+zsh}${KSH_VERSION:+ksh}${YASH_VERSION:+yash}${POSH_VERSION:+posh}

# What follows is another for each kind of shell:
# - _viv_run runs a built-in command; in other shells than bash and zsh a special one.
# - _viv_guard sets aside a function that is named like the prefix: in its POSIX mode bash finds `export` and `unset` before
#   a function. It also keeps the user's traps on DEBUG and RETURN from being inherited by each function of this file
#   (set -T), and aliases from changing what is read from here on.
# - _viv_unguard takes that back, and the functions $*. It is run last: from there on `command` and `builtin` are the user's.
# - _viv_look_around notes whether there is an environment in _VIV_KIND, and whether `pydoc` and `hash` are the user's; it
#   takes an alias `deactivate` away.
case $_VIV_SHELL in
bash)
#{ \eval
_viv_run() { \command "$@"; }
_viv_export() { \command export "$@"; }
_viv_guard() {
  case ${_VIV_GUARD+set} in set) ;; *) _VIV_GUARD=${POSIXLY_CORRECT+posix},$-,${BASHOPTS-} POSIXLY_CORRECT=${POSIXLY_CORRECT-y} ;; esac
  if \export -nf command 2>/dev/null; then
    _VIV_COMMAND=$(\unset -f declare && \declare -f command)
    \unset -f command 2>/dev/null || _VIV_SEALED=y
  fi
  case ${_VIV_SEALED+sealed},$- in ,*T*) \command set +T ;; esac
  case ${_VIV_SEALED-}$_VIV_GUARD in
  y* | posix,*) ;;
  *)
    \unset POSIXLY_CORRECT
    case $_VIV_GUARD in *expand_aliases*) \command shopt -u expand_aliases ;; esac
    # Entering it switches this on, which leaving does not undo and BASHOPTS does not tell. Bash 4.3 does not know it.
    case $_VIV_GUARD in *inherit_errexit*) ;; *) \command shopt -u inherit_errexit 2>/dev/null || case x in x) ;; esac ;; esac
    ;;
  esac
}
_viv_unguard() {
  case ${1+gone} in gone) \command unset -f "$@" ;; esac
  case $_VIV_GUARD in *,*T*,*) \command set -T ;; esac
  case $_VIV_GUARD in posix,*) ;; *expand_aliases*) \command shopt -s expand_aliases ;; esac
  case ${_VIV_COMMAND+shadowed} in
  shadowed) \command eval "\\command unset _VIV_GUARD _VIV_COMMAND; $_VIV_COMMAND" ;;
  *) \command unset _VIV_GUARD ;;
  esac
}
_viv_look_around() {
  {
    if [[ -d $_VIV_ENTRY ]]; then _VIV_KIND=environment; fi
    \command unalias deactivate || case x in x) ;; esac
    if \command declare -F pydoc || \command alias pydoc; then _VIV_PYDOC=; fi
    if \command declare -F hash || \command alias hash; then _VIV_HASH=; fi
  } >/dev/null 2>&1
  case ${PATH+set}$_VIV_RARE in set) case ${PATH@a} in *x*) _VIV_EXPORTED=" PATH " ;; esac ;; esac
}
#}
  ;;
zsh)
  # A zsh that was started as sh or ksh does not load this by itself.
  case ${options+there} in there) ;; *) \builtin zmodload zsh/parameter ;; esac
  # An assignment, since a function of the user's may be named eval.
#{ functions[_viv_start]=
_viv_run() { \builtin "$@"; }
_viv_export() { \builtin export "$@"; }
_viv_guard() {
  options[localoptions]=on options[ksharrays]=off options[unset]=on
  case $functions[builtin] in ?*) dis_functions[builtin]=$functions[builtin] _VIV_COMMAND= ;; esac
  case ${_VIV_GUARD-posix,} in posix,*) ;; *) \builtin unset POSIXLY_CORRECT ;; esac
}
_viv_unguard() {
  case ${1+gone} in gone) \builtin unset -f "$@" ;; esac
  case ${_VIV_GUARD+set} in set) \builtin unset _VIV_GUARD ;; esac
  options[localoptions]=on options[ksharrays]=off options[unset]=on
  case ${_VIV_COMMAND+shadowed} in
  shadowed)
    \builtin unset _VIV_COMMAND
    functions[builtin]=$dis_functions[builtin]
    ;;
  esac
}
_viv_look_around() {
  if [[ -d $_VIV_ENTRY ]]; then _VIV_KIND=environment; fi
  {
    \builtin unalias deactivate || case x in x) ;; esac
    if \builtin typeset -f pydoc || \builtin alias pydoc; then _VIV_PYDOC=; fi
    if \builtin typeset -f hash || \builtin alias hash; then _VIV_HASH=; fi
  } >/dev/null 2>&1
  case ${PATH+set}$_VIV_RARE in set) case ${(t)PATH} in *export*) _VIV_EXPORTED=" PATH " ;; esac ;; esac
}
#}
  _viv_start
  ;;
*)
  case $_VIV_GUARD in posix,*) ;; *) \unset POSIXLY_CORRECT ;; esac
  \unset _VIV_GUARD
  _viv_run() { "$@"; }
  _viv_guard() { \:; }
  _viv_look_around() { _viv_look_elsewhere; }
  _viv_unguard() { case ${1+gone} in gone) \unset -f "$@" ;; esac; }
  # mvdan/sh knows `export` by nothing but its plain name.
  _viv_export() { case $_VIV_SHELL in ?*) \export "$@" ;; *) \export "$@" 2>/dev/null || export "$@" ;; esac; }
  ;;
esac

# Defines what leaving needs.
_viv_load() {
  case ${_VIV_SHELL-} in zsh) \builtin setopt localoptions nocshjunkiequotes ;; esac
#{
# Makes a variable one of the shell alone.
_viv_unexport() {
  case $_VIV_SHELL in
  bash) \command export -n "$1" ;;
  zsh) \builtin typeset -g +x "$1" ;;
  *) _viv_run eval "_VIV_TEXT=\$$1; unset $1; $1=\$_VIV_TEXT" ;;
  esac
}

# In locales like GBK bash takes bytes of text in UTF-8 for other characters, and finds no name with a backslash in it
# again. $1 is `on` to have it compare bytes, and `off` to have its locale back.
_viv_bytes() {
  case $1,$_VIV_SHELL in
  on,bash)
    _VIV_LOCALE=${LC_ALL+.}${LC_ALL-}
    { LC_ALL=C; } 2>/dev/null
    ;;
  off,bash)
    case $_VIV_LOCALE in
    .*) { LC_ALL=${_VIV_LOCALE#.}; } 2>/dev/null ;;
    *) _viv_run unset LC_ALL ;;
    esac
    _viv_run unset _VIV_LOCALE
    ;;
  esac
}

# Leaves in _VIV_TEXT the list $1 without the first entry that is $2.
_viv_without() {
  _VIV_TEXT=:$1:
  case $_VIV_TEXT in *":$2:"*) _VIV_TEXT=${_VIV_TEXT%%":$2:"*}:${_VIV_TEXT#*":$2:"} ;; esac
  _VIV_TEXT=${_VIV_TEXT#:}
  _VIV_TEXT=${_VIV_TEXT%:}
}

# Leaves in _VIV_TEXT the list $1 as it is without the activation, which made $2 out of $3 by putting $4 first. Where
# $2 is still in one piece it becomes $3 again: what removes duplicates (zsh's typeset -U) has lost an equal entry there.
_viv_undo() {
  case ${3:+:$1:} in
  *":$2:"*)
    _VIV_TEXT=:$1:
    _VIV_TEXT=${_VIV_TEXT%%":$2:"*}:$3:${_VIV_TEXT#*":$2:"}
    _VIV_TEXT=${_VIV_TEXT#:}
    _VIV_TEXT=${_VIV_TEXT%:}
    ;;
  *)
    _viv_without "$1" "$4"
    case :$3:,:$1:,:$_VIV_TEXT: in
    *":$4:"*,*,*":$4:"*) ;;
    *":$4:"*,*":$4:"*,*) _VIV_TEXT=$_VIV_TEXT:$4 ;;
    esac
    ;;
  esac
}

# Takes the export away from the variable $1, which was set before and is set, if it had none.
_viv_hide() {
  case $_VIV_EXPORTED in *" $1 "*) ;; *) _viv_unexport "$1" ;; esac
}

_viv_forget() {
  _viv_run unset _VIV_ENTRY _VIV_NEW_PATH _VIV_PKG_CONFIG _VIV_NEW_PKG_CONFIG_PATH _VIV_EXPORTED _VIV_PREFIX _VIV_PYTHON _VIV_PYDOC _VIV_HASH _VIV_ALIAS _VIV_PID _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1 _OLD_PKG_CONFIG_PATH
  case ${_VIV_RARE+rare} in rare) _viv_forget_rare ;; esac
}

_viv_take_back() {
  _viv_bytes on
  case ${PATH+set} in
  set)
    _viv_undo "$PATH" "${_VIV_NEW_PATH-$_VIV_ENTRY:${_OLD_VIRTUAL_PATH-}}" "${_OLD_VIRTUAL_PATH-}" "$_VIV_ENTRY"
    PATH=$_VIV_TEXT
    case $PATH,${_OLD_VIRTUAL_PATH+set} in
    ,) _viv_run unset PATH ;;
    *,set) _viv_hide PATH ;;
    esac
    ;;
  esac
  case ${PKG_CONFIG_PATH+set} in
  set)
    _VIV_REST=${_VIV_OLD_PKG_CONFIG_PATH-}
    _viv_undo "$PKG_CONFIG_PATH" "${_VIV_NEW_PKG_CONFIG_PATH-$_VIV_PKG_CONFIG:$_VIV_REST}" "$_VIV_REST" "$_VIV_PKG_CONFIG"
    PKG_CONFIG_PATH=$_VIV_TEXT
    case $PKG_CONFIG_PATH,${_VIV_OLD_PKG_CONFIG_PATH+set} in
    ,) _viv_run unset PKG_CONFIG_PATH ;;
    *,set) _viv_hide PKG_CONFIG_PATH ;;
    esac
    ;;
  esac

  case ${_VIV_RARE+rare} in rare) _viv_give_back ;; *) _viv_run unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT ;; esac

  # Lengths tell what was found: a pattern with parentheses in quotes matches nothing in mvdan/sh.
  case ${_VIV_PREFIX:+shown} in
  shown)
    _VIV_NAME=${PS1-}
    _VIV_TEXT=${_VIV_NAME%%"$_VIV_PREFIX${_OLD_VIRTUAL_PS1-}"*}
    case ${#_VIV_TEXT} in
    "${#_VIV_NAME}")
      _VIV_TEXT=${_VIV_NAME%%"$_VIV_PREFIX"*}
      case ${#_VIV_TEXT} in "${#_VIV_NAME}") ;; *) PS1=$_VIV_TEXT${_VIV_NAME#*"$_VIV_PREFIX"} ;; esac
      ;;
    *)
      # What an editor has put around the prompt once more is dropped, or it would grow by a layer with each activation.
      _VIV_REST=${_VIV_NAME#*"$_VIV_PREFIX${_OLD_VIRTUAL_PS1-}"}
      case ${_OLD_VIRTUAL_PS1-} in
      "$_VIV_TEXT"*"$_VIV_REST") PS1=${_OLD_VIRTUAL_PS1-} ;;
      *) PS1=$_VIV_TEXT${_OLD_VIRTUAL_PS1-}$_VIV_REST ;;
      esac
      ;;
    esac
    ;;
  esac
  case ${PS1-},${_VIV_PREFIX:+shown},${_OLD_VIRTUAL_PS1+set} in ,shown,) _viv_run unset PS1 ;; esac

  _viv_bytes off
  case ${_VIV_PYDOC-} in ours) _viv_run unset -f pydoc 2>/dev/null || case x in x) ;; esac ;; esac
  case ${_VIV_HASH-} in ours) _viv_run unset -f hash 2>/dev/null || case x in x) ;; esac ;; esac
  case ${_VIV_ALIAS+mksh} in mksh) \builtin alias "hash=$_VIV_ALIAS" ;; esac
}

# $1 is the name of the function that calls it, if it is to go too: virtualenvwrapper gives that another one.
_viv_leave() {
  case ${_VIV_SHELL-} in zsh) \builtin setopt localoptions noglobassign noglobsubst nowarncreateglobal nowarnnestedvar nocshjunkiequotes nomultibyte 2>/dev/null ;; esac
  case ${_VIV_ENTRY+active} in active) _viv_take_back ;; esac
  _viv_forget
  case ${2-} in
  nondestructive) ;;
  *)
    # A function that takes itself away makes ksh93u+ of 2012 crash, and posh loses others: there they stay, with nothing
    # left to do.
    case ${_VIV_RARE+rare},${_VIV_SHELL-},${KSH_VERSION-}${POSH_VERSION+posh} in ,bash,* | ,zsh,* | *,posh | *"Version AJM 93u+ "*) ;; *) _viv_end ;; esac
    _viv_run unset _VIV_RARE _VIV_SCRIPT _VIV_SHELL _VIV_FACTS _VIV_KIND _VIV_FOUND _VIV_NAME _VIV_TEXT _VIV_REST _VIV_PLACE _VIV_WAS _VIV_HAD
    case ${KSH_VERSION-}${POSH_VERSION+posh} in
    "Version AJM 93u+ "* | posh) ;;
    *) _viv_unguard _viv_run _viv_guard _viv_unguard _viv_load _viv_export _viv_begin _viv_enter _viv_unexport _viv_bytes _viv_without _viv_undo _viv_hide _viv_forget _viv_take_back _viv_leave _viv_look_around ${1+"$1"} ;;
    esac
    ;;
  esac
}
#}
}

_viv_begin() {
  case $_VIV_SHELL in zsh) \builtin setopt localoptions noglobassign noglobsubst nowarncreateglobal nowarnnestedvar nomultibyte 2>/dev/null ;; esac
  _VIV_SCRIPT= _VIV_TEXT=

  # `sh bin/activate` changes a process that ends at once.
  case $_VIV_SHELL in
  bash)
    _VIV_SCRIPT=${BASH_SOURCE-}
    case $0 in "$_VIV_SCRIPT") _VIV_TEXT=started ;; esac
    ;;
  zsh)
    \builtin eval '_VIV_SCRIPT=${(%):-%x}'
    case ${ZSH_EVAL_CONTEXT-} in toplevel:shfunc) _VIV_TEXT=started ;; esac
    ;;
  *) _viv_look_at_name ;;
  esac

  # What makes this activation one of those that need the end of the file.
  _VIV_HAD=${VIRTUAL_ENV+set} _VIV_WAS=${VIRTUAL_ENV-}
  _VIV_RARE=$_VIV_TEXT${_VIV_COMMAND+shadowed}${_VIV_ENTRY+active}${_OLD_VIRTUAL_PATH+active}${_OLD_VIRTUAL_PS1+active}${_OLD_VIRTUAL_PYTHONHOME+active}$_VIV_HAD${VIRTUAL_ENV_PROMPT+set}${PKG_CONFIG_PATH+set}${PYTHONHOME+set}

# Tools that move environments rewrite this line.
VIRTUAL_ENV=__VIVARIUM_DESTINATION__

  case $VIRTUAL_ENV in [A-Za-z]:[\\/]* | \\\\*) _VIV_RARE=windows ;; esac
  _VIV_REST=$VIRTUAL_ENV/__VIVARIUM_SCRIPTS__/activate
  case $_VIV_SCRIPT in
  '' | "$_VIV_REST") ;;
  *) _viv_run eval 'if [[ ! $_VIV_SCRIPT -ef $_VIV_REST ]]; then _VIV_RARE=moved; fi' ;;
  esac
  case ${BASH_VERSION-} in [1-3].* | 4.[0-3].*) _VIV_RARE=old ;; esac
  _VIV_TEXT=__VIVARIUM_PROMPT__
  case ${_VIV_TEXT:-${VIRTUAL_ENV##*/}}__VIVARIUM_TCL__ in *[!A-Za-z0-9\ ._+,:@=-]*) _VIV_RARE=unusual ;; esac
  case $_VIV_RARE in '') _viv_enter ;; esac
}

_viv_enter() {
  VIRTUAL_ENV_PROMPT=__VIVARIUM_PROMPT__
  case $VIRTUAL_ENV_PROMPT in '') VIRTUAL_ENV_PROMPT=${VIRTUAL_ENV##*/} ;; esac
  _VIV_ENTRY=$VIRTUAL_ENV/__VIVARIUM_SCRIPTS__
  _VIV_PKG_CONFIG=$VIRTUAL_ENV/lib/pkgconfig
  _VIV_PYTHON=$VIRTUAL_ENV/__VIVARIUM_PYTHON__
  _VIV_PID=$$ _VIV_PYDOC=ours _VIV_HASH=ours _VIV_EXPORTED=' ' _VIV_FACTS= _VIV_KIND=

  _viv_look_around

  # What is there now, by names under which the scripts of virtualenv, uv and the venv module, sourced on top, restore it.
  case ${PATH+set} in
  set)
    _OLD_VIRTUAL_PATH=$PATH
    case $_VIV_RARE,$_VIV_SHELL in ,bash | ,zsh) ;; *) _viv_note PATH ;; esac
    ;;
  *) _VIV_HASH= ;;
  esac
  case ${PS1+set} in set) _OLD_VIRTUAL_PS1=$PS1 ;; esac
  case $_VIV_RARE in ?*) _viv_note_kept ;; esac

  case $_VIV_KIND in
  environment)
    case $_VIV_RARE in ?*) _viv_inherit ;; esac
    _OLD_PKG_CONFIG_PATH=${PKG_CONFIG_PATH-}
    # A new PATH makes each of these shells forget the places of commands that it has found before.
    # Under `set -u` mvdan/sh expands what is after :+ also where the variable is unset.
    case ${PATH-} in '') PATH=$_VIV_ENTRY ;; *) PATH=$_VIV_ENTRY:$PATH ;; esac
    case ${PKG_CONFIG_PATH-} in '') PKG_CONFIG_PATH=$_VIV_PKG_CONFIG ;; *) PKG_CONFIG_PATH=$_VIV_PKG_CONFIG:$PKG_CONFIG_PATH ;; esac
    # zsh may have removed duplicates.
    case $_VIV_SHELL in zsh) _VIV_NEW_PATH=$PATH _VIV_NEW_PKG_CONFIG_PATH=$PKG_CONFIG_PATH ;; esac
    _viv_export VIRTUAL_ENV VIRTUAL_ENV_PROMPT PATH PKG_CONFIG_PATH
    case ${VIRTUAL_ENV_DISABLE_PROMPT-} in
    '')
      _VIV_PREFIX="($VIRTUAL_ENV_PROMPT) "
      case $_VIV_RARE in ?*) _viv_show ;; esac
      PS1=$_VIV_PREFIX${PS1-}
      ;;
    esac

    _VIV_TEXT='deactivate() { case ${1-} in nondestructive) ;; *) _viv_guard ;; esac; _viv_load; _viv_leave deactivate ${1+"$@"}; }'
    case $_VIV_SHELL in posh) _viv_defer ;; esac
    case $_VIV_PYDOC in ours) _VIV_TEXT='pydoc() { "$_VIV_PYTHON" -m pydoc ${1+"$@"}; }; '"$_VIV_TEXT" ;; esac
    # Another tool's script, sourced on top, takes a part of this back by what it finds in variables, and calls `hash` then.
    case $_VIV_HASH in ours) _VIV_TEXT='hash() { case ${_OLD_VIRTUAL_PATH+set} in set) ;; *) _VIV_HASH=; _viv_guard; _viv_load; _viv_leave hash ;; esac; case ${ZSH_VERSION:+zsh}${KSH_VERSION-} in zsh) \builtin hash "$@" ;; *KSH*) \builtin alias -t ${1+"$@"} ;; *) \command hash ${1+"$@"} ;; esac; }; '"$_VIV_TEXT" ;; esac
    case $_VIV_SHELL in posh) _VIV_LATER=$_VIV_TEXT ;; *) _viv_run eval "$_VIV_TEXT" ;; esac
    case $_VIV_RARE in '') _viv_run unset _VIV_RARE ;; esac
    _viv_run unset _VIV_SCRIPT _VIV_FACTS _VIV_KIND _VIV_TEXT _VIV_REST _VIV_WAS _VIV_HAD
    _viv_unguard
    ;;
  # What says so is at the end of the file.
  *) _VIV_RARE=absent ;;
  esac
}

# bash and zsh start here, and stop reading if nothing is unusual. Without an operand `return` gives the status of the
# command before. Where it fails, since this text is not read from a file, they read on and do no more.
case $_VIV_SHELL in
bash | zsh)
  _viv_guard
  case ${_VIV_SEALED+sealed} in sealed) ;; *) _viv_begin ;; esac
  ;;
esac
case ${_VIV_RARE+rare}${_VIV_SEALED-},${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
,bash) \command return ;;
,zsh) \builtin return ;;
esac

# From here on is what the other shells need.

# In a subshell: no function of the user's takes the place of what is used there. ksh93 would lose the built-in commands.
_viv_bare() {
  case ${KSH_VERSION-} in
  Version*)
    for _VIV_NAME in command test type alias echo printf cygpath; do
      if \typeset -f "$_VIV_NAME" >/dev/null 2>&1; then \unset -f "$_VIV_NAME"; fi
    done
    ;;
  *) _viv_run unset -f command test type alias echo printf cygpath 2>/dev/null || : ;;
  esac
}

# What only a regular built-in or a program can tell, for shells other than bash and zsh: run in a subshell. Says whether
# there is an environment, whether it is the one that was inherited, whether `pydoc` is a function or an alias, what `hash`
# and `deactivate` are, and which variables are exported. Each line that it writes starts the shell that reads them once.
_viv_look() {
  _viv_bare
  _VIV_TEXT=
  if \test -d "$_VIV_ENTRY"; then _VIV_TEXT=environment; fi
  if \test "${_VIV_OLD_PLACE-}" -ef "$VIRTUAL_ENV"; then _VIV_TEXT=${_VIV_TEXT}inherited; fi
  if PATH= \command -v pydoc >/dev/null; then _VIV_TEXT=${_VIV_TEXT}taken; fi
  \echo "${_VIV_TEXT}documentation:"
  \type hash || :
  \alias deactivate || :
  # mvdan/sh has nothing to say to the first.
  \export -p || declare -p PATH PKG_CONFIG_PATH VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME TCL_LIBRARY TK_LIBRARY || :
}

# Notes that the variable $1, which is set, is exported, if it is.
_viv_note() {
  case $_VIV_SHELL,${BASH_VERSION-} in
  bash,[1-3].* | bash,4.[0-3].*) _VIV_REST=$(\command export -p) ;;
  bash,*) \command eval 'case ${'"$1"'@a} in *x*) _VIV_REST="x $1=" ;; *) _VIV_REST= ;; esac' ;;
  zsh,*) \builtin eval 'case ${(t)'"$1"'} in *export*) _VIV_REST="x $1=" ;; *) _VIV_REST= ;; esac' ;;
  *) _VIV_REST= ;;
  esac
  case ${_VIV_REST:-$_VIV_FACTS} in *"export $1="* | *"x $1="*) _VIV_EXPORTED="${_VIV_EXPORTED}$1 " ;; esac
}

# Leaves the name of the shell in _VIV_SHELL, in _VIV_TEXT whether this file was run as a program, and in _VIV_SCRIPT where
# it is, which only ksh93 can tell; the others have nothing but the name that they were started by.
_viv_look_at_name() {
  case $_VIV_SHELL,${KSH_VERSION-} in
  ksh,Version*)
    _VIV_SHELL=ksh93
    \eval '_VIV_SCRIPT=${.sh.file}'
    case ${_VIV_SCRIPT##*/} in "${0##*/}") \eval 'if [[ $0 -ef $_VIV_SCRIPT ]]; then _VIV_TEXT=started; fi' ;; esac
    ;;
  *)
    case $0 in
    activate | */activate)
      _VIV_REST=./$0
      case $0 in /*) _VIV_REST=$0 ;; esac
      if (_viv_bare; \test -f "${_VIV_REST%/*}"/__VIVARIUM_ROOT__/pyvenv.cfg); then _VIV_TEXT=started; fi
      ;;
    esac
    ;;
  esac
}

# Does the same for the other shells, and leaves in _VIV_FACTS which variables are exported.
_viv_look_elsewhere() {
  case $_VIV_SHELL in
  ksh93)
#{ \eval
    if [[ -d $_VIV_ENTRY ]]; then _VIV_KIND=environment; fi
    # A function of the user's may have the name of the command that tells.
    if ! \typeset -f alias >/dev/null; then
      _VIV_REST=" $(\alias)"
      case $_VIV_REST in *[[:space:]]deactivate=*) \unalias deactivate 2>/dev/null || : ;; esac
      case $_VIV_REST in *[[:space:]]pydoc=*) _VIV_PYDOC= ;; esac
    fi
    if \typeset -f pydoc >/dev/null; then _VIV_PYDOC=; fi
    if \typeset -f hash >/dev/null; then _VIV_HASH=; fi
    case $KSH_VERSION in "Version AJM 93u+ "*) _VIV_HASH= ;; esac
    _VIV_FACTS=$(\export -p)
#}
    ;;
  ksh)
    # mksh, which takes longer for a subshell than for all the rest. What ${ gives goes through a temporary file.
#{ \eval
    {
      if [[ -d $_VIV_ENTRY ]]; then _VIV_KIND=environment; fi
      if ! \typeset -f alias; then
        if \alias deactivate; then \unalias deactivate; fi
        if \alias pydoc; then _VIV_PYDOC=; fi
      else
        _VIV_HASH=
      fi
      if \typeset -f pydoc; then _VIV_PYDOC=; fi
      if \typeset -f hash; then _VIV_HASH=; fi
    } >/dev/null 2>&1
    _viv_look() { \typeset -p PATH PKG_CONFIG_PATH VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME TCL_LIBRARY TK_LIBRARY; case $_VIV_HASH in ?*) \alias hash 2>/dev/null || : ;; esac; }
    if [[ -w ${TMPDIR:-/tmp} ]]; then _VIV_FACTS=${ _viv_look;}; else _VIV_FACTS=$(_viv_look); fi
    # In the place of the command hash mksh has an alias of its own, which no function can take the place of.
    case $_VIV_KIND,$_VIV_FACTS in
    environment,*hash=???builtin\ alias\ -t?)
      \unalias hash
      _VIV_ALIAS="\\\\builtin alias -t"
      ;;
    *) _VIV_HASH= ;;
    esac
#}
    ;;
  *)
    _VIV_FACTS=$(_viv_look 2>/dev/null)
    # These shells take long to expand a long text.
    _VIV_REST=${_VIV_FACTS%%export*}
    case $_VIV_REST in environment*) _VIV_KIND=environment ;; esac
    case $_VIV_REST in *takendocumentation:*) _VIV_PYDOC= ;; esac
    case $_VIV_REST in *"hash is a shell builtin"* | *"hash: a semi-special"*) ;; *) _VIV_HASH= ;; esac
    case $_VIV_REST in *deactivate=*) \unalias deactivate 2>/dev/null || : ;; esac
    # mvdan/sh takes some characters in quotes for those of a pattern, so that nothing could be taken back.
    case $_VIV_ENTRY${_VIV_ENTRY#"$_VIV_ENTRY"} in "$_VIV_ENTRY") ;; *) _VIV_KIND=unreadable ;; esac
    ;;
  esac
}

# The same for posh, which takes "$@" for one word where IFS is empty.
_viv_defer() {
  _VIV_TEXT='deactivate() { case ${IFS-x} in "") _VIV_EMPTY= IFS=" " ;; esac; _viv_load; _viv_leave deactivate "${1-}"; case ${_VIV_EMPTY+empty} in empty) IFS=; \unset _VIV_EMPTY ;; esac; }'
}

# Takes these functions away.
_viv_end() { \unset -f _viv_bare _viv_look _viv_note _viv_look_at_name _viv_look_elsewhere _viv_defer _viv_end; }

# posh takes "$@" for one word where IFS is empty, and loses functions where its table of them grows while one is running. There what _viv_load defines has its place from
# here on, and the rest is defined when _viv_enter has ended.
case ${POSH_VERSION+posh} in posh) case ${IFS-x} in '') _VIV_IFS= IFS=' ' ;; esac; \eval '_viv_unexport() { :; }; _viv_bytes() { :; }; _viv_without() { :; }; _viv_undo() { :; }; _viv_hide() { :; }; _viv_forget() { :; }; _viv_take_back() { :; }; _viv_leave() { :; }' ;; esac
case $_VIV_SHELL in bash | zsh) ;; *) _viv_begin ;; esac
case ${_VIV_RARE+rare}${_VIV_LATER+posh},${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
posh,)
  \eval "$_VIV_LATER; \\unset _VIV_LATER"
  case ${_VIV_IFS+empty} in empty) \unset _VIV_IFS; IFS= ;; esac
  \return
  ;;
,) \return ;;
esac

# From here on is what only some activations need.

# Leaves in _VIV_TEXT the text $1 with each $2 replaced by $3.
_viv_replace() {
  _VIV_TEXT= _VIV_REST=$1
  while case $_VIV_REST in *"$2"*) ;; *) ! case x in x) ;; esac ;; esac; do
    _VIV_TEXT=$_VIV_TEXT${_VIV_REST%%"$2"*}$3
    _VIV_REST=${_VIV_REST#*"$2"}
  done
  _VIV_TEXT=$_VIV_TEXT$_VIV_REST
}

# The same without all entries that are $2.
_viv_without_all() {
  _VIV_TEXT=$1
  while case :$_VIV_TEXT: in *":$2:"*) ;; *) ! case x in x) ;; esac ;; esac; do
    _viv_without "$_VIV_TEXT" "$2"
  done
}

# Leaves in _VIV_TEXT the path $1, or the one by which the bash of Git, MSYS2 or Cygwin knows it.
_viv_locate() {
  case $1 in
  [A-Za-z]:[\\/]* | \\\\*) _VIV_TEXT=$(_viv_bare; \cygpath -u "$1" 2>/dev/null) || _VIV_TEXT=$1 ;;
  *) _VIV_TEXT=$1 ;;
  esac
}

# Whether $1 is the name of a function.
_viv_is_function() {
  case ${BASH_VERSION:+bash}${ZSH_VERSION:+zsh}${KSH_VERSION:+ksh} in
  bash | zsh | ksh) _viv_run typeset -f "$1" >/dev/null 2>&1 ;;
  *)
    case $(
      _viv_bare
      \command -v "$1"
    ) in
    "$1") ;;
    *) ! case x in x) ;; esac ;;
    esac
    ;;
  esac
}

# bin/activate was run as a program.
_viv_refuse() {
  _viv_replace "${_VIV_SCRIPT:-$0}" "'" "'"'"'"'"'"'"'"
  (_viv_bare; \printf '%s\n' "activate changes the shell that reads it, so it has to be sourced. Type:  . '$_VIV_TEXT'" >&2)
  _viv_run exit 33
}

# Moved or copied: this file is another than the one it was written as, and an environment is around it, whose directory
# is $1 from that of this file, which is $2 from the environment.
_viv_follow() {
  _VIV_REST=$VIRTUAL_ENV/$2/activate
  case $_VIV_SCRIPT in */*) _VIV_FOUND=${_VIV_SCRIPT%/*}/$1 ;; *) _VIV_FOUND=./$1 ;; esac
  # yash in its POSIX mode refuses to read [[.
  _viv_run eval 'if [[ $_VIV_SCRIPT -ef $_VIV_REST || ! -f $_VIV_FOUND/pyvenv.cfg ]]; then _VIV_FOUND=; fi'
  case $_VIV_FOUND in
  /*) _VIV_REST=$_VIV_FOUND/ VIRTUAL_ENV= ;;
  ?*) _VIV_REST=$PWD/$_VIV_FOUND/ VIRTUAL_ENV= ;;
  *) _VIV_REST= ;;
  esac
  while case $_VIV_REST in "") ! case x in x) ;; esac ;; esac; do
    _VIV_NAME=${_VIV_REST%%/*}
    _VIV_REST=${_VIV_REST#*/}
    case $_VIV_NAME in
    "" | .) ;;
    ..) VIRTUAL_ENV=${VIRTUAL_ENV%/*} ;;
    *) VIRTUAL_ENV=$VIRTUAL_ENV/$_VIV_NAME ;;
    esac
  done
}

# Variables that most shells do not have. $1 is the name of a directory for scripts.
_viv_keep() {
  case ${PKG_CONFIG_PATH+set} in set) _VIV_OLD_PKG_CONFIG_PATH=$PKG_CONFIG_PATH ;; esac
  case ${VIRTUAL_ENV_PROMPT+set} in set) _VIV_OLD_VIRTUAL_ENV_PROMPT=$VIRTUAL_ENV_PROMPT ;; esac
  case ${PYTHONHOME+set} in set) _OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME ;; esac
  case ${VIRTUAL_ENV+set} in set) _VIV_OLD_VIRTUAL_ENV=$VIRTUAL_ENV ;; esac
  case ${VIRTUAL_ENV:+set} in
  set)
    _viv_locate "${VIRTUAL_ENV%/}"
    _VIV_OLD_PLACE=$_VIV_TEXT
    _VIV_OLD_ENTRY=$_VIV_TEXT/$1
    ;;
  esac
}

_viv_note_kept() {
  case ${_VIV_OLD_PKG_CONFIG_PATH+set} in set) _viv_note PKG_CONFIG_PATH ;; esac
  case ${_VIV_OLD_VIRTUAL_ENV+set} in set) _viv_note VIRTUAL_ENV ;; esac
  case ${_VIV_OLD_VIRTUAL_ENV_PROMPT+set} in set) _viv_note VIRTUAL_ENV_PROMPT ;; esac
  case ${PYTHONHOME+set} in set) _viv_note PYTHONHOME ;; esac
}

# What was inherited can name this very environment.
_viv_inherit() {
  case $_VIV_FACTS in environmentinherited*) _VIV_REST=inherited ;; *) _VIV_REST= ;; esac
  case ${_VIV_OLD_PLACE-} in
  "$VIRTUAL_ENV") _VIV_REST=inherited ;;
  ?*)
    case $_VIV_SHELL in
    bash | zsh | ksh93 | ksh) _viv_run eval 'if [[ $_VIV_OLD_PLACE -ef $VIRTUAL_ENV ]]; then _VIV_REST=inherited; fi' ;;
    esac
    ;;
  esac
  case $_VIV_REST in *inherited*) _viv_take_over ;; esac
  _viv_run unset PYTHONHOME
  _VIV_TEXT=__VIVARIUM_TCL__
  case $_VIV_TEXT in ?*) _viv_show_tcl ;; esac
}

# A shell above has activated this very environment: what it did is this activation's to take back.
_viv_take_over() {
  _viv_bytes on
  for _VIV_NAME in "$_VIV_ENTRY" "$_VIV_ENTRY/" "$_VIV_OLD_ENTRY"; do
    case ${PATH+set} in
    set)
      _viv_without_all "$PATH" "$_VIV_NAME"
      PATH=$_VIV_TEXT _OLD_VIRTUAL_PATH=$_VIV_TEXT
      ;;
    esac
  done
  for _VIV_NAME in "$_VIV_PKG_CONFIG" "$_VIV_OLD_PLACE/lib/pkgconfig"; do
    case ${PKG_CONFIG_PATH:+set} in
    set)
      _viv_without_all "$PKG_CONFIG_PATH" "$_VIV_NAME"
      PKG_CONFIG_PATH=$_VIV_TEXT _OLD_PKG_CONFIG_PATH=$_VIV_TEXT _VIV_OLD_PKG_CONFIG_PATH=$_VIV_TEXT
      case $PKG_CONFIG_PATH in "") _viv_run unset _VIV_OLD_PKG_CONFIG_PATH ;; esac
      ;;
    esac
  done
  _viv_bytes off
  _viv_run unset _VIV_OLD_VIRTUAL_ENV _VIV_OLD_VIRTUAL_ENV_PROMPT _VIV_OLD_PLACE _VIV_OLD_ENTRY
}

# Where Tk looks for its scripts, for a Python that would not find them itself.
_viv_show_tcl() {
  _OLD_VIRTUAL_TCL_LIBRARY=${TCL_LIBRARY-} _OLD_VIRTUAL_TK_LIBRARY=${TK_LIBRARY-}
  case ${TCL_LIBRARY+set} in
  set)
    _VIV_OLD_TCL_LIBRARY=$TCL_LIBRARY
    _viv_note TCL_LIBRARY
    ;;
  esac
  case ${TK_LIBRARY+set} in
  set)
    _VIV_OLD_TK_LIBRARY=$TK_LIBRARY
    _viv_note TK_LIBRARY
    ;;
  esac
  _VIV_TCL=__VIVARIUM_TCL__ _VIV_TK=__VIVARIUM_TK__
  TCL_LIBRARY=$_VIV_TCL TK_LIBRARY=$_VIV_TK
  _viv_export TCL_LIBRARY TK_LIBRARY
}

# The prompt is read twice: now, and by the shell whenever it is drawn. A plain text is put into it as it is. In any other
# bash and zsh get what is drawn as it is under all of their options, also if these are changed while it is active. The
# other shells have the text in a variable, and what their kind of prompt would still change is doubled there.
_viv_show() {
  case $VIRTUAL_ENV_PROMPT in
  *[!A-Za-z0-9\ ._+,:@/=-]*)
    _VIV_TEXT=$_VIV_PREFIX _VIV_PREFIX='${_VIV_PROMPT-}'
    # Four characters in UTF-8 and where each byte is one. In GBK, Big5 and the like it is fewer: there the last byte of a
    # character of UTF-8 makes one character with a backslash after it, and what should be quoted is not. In zsh the
    # option `multibyte` is off in here.
    _VIV_REST=
    case $_VIV_SHELL in bash) _viv_run eval '_VIV_REST=$'"'"'\202\240\244\244'"'" ;; esac
    case $_VIV_SHELL,${#_VIV_REST} in
    # Its value is expanded no further. Without the option promptvars it is not expanded at all.
    bash,[123]) ;;
    bash,*)
      # What \D{...} gives, a text for a date, is expanded no further.
      _viv_replace "$_VIV_TEXT" \\ '\D{\}'
      _viv_replace "$_VIV_TEXT" '$' '\D{$}'
      _viv_replace "$_VIV_TEXT" '`' '\D{`}'
      _viv_replace "$_VIV_TEXT" ! '\D{!}'
      _VIV_PREFIX=$_VIV_TEXT
      ;;
    zsh,*)
      # An empty escape keeps a $ and a backslash from what comes after them; an element of psvar is expanded no further.
      _viv_run eval 'if [[ -o promptpercent ]]; then _viv_replace "$_VIV_TEXT" % %%; fi'
      _viv_run eval 'if [[ -o promptbang ]]; then _viv_replace "$_VIV_TEXT" ! !!; fi'
      _viv_replace "$_VIV_TEXT" \\ '\%{%}'
      _viv_replace "$_VIV_TEXT" '$' '$%{%}'
      case $_VIV_TEXT in
      *'`'*)
        _viv_run eval '_VIV_PREFIX=$_VIV_TEXT; _VIV_INDEX=${#psvar[@]}; psvar+=("\`")'
        _viv_run eval '_viv_replace "$_VIV_PREFIX" "\`" "%${#psvar[@]}v"'
        ;;
      esac
      _VIV_PREFIX=$_VIV_TEXT
      ;;
    posh,*) _VIV_PREFIX=$_VIV_TEXT ;;
    ksh,*) ;;
    ksh93,*) _viv_replace "$_VIV_TEXT" ! !! ;;
    yash,*)
      _VIV_REST=$(_viv_run set -o)
      _VIV_REST=${_VIV_REST#*posixlycorrect}
      case ${_VIV_REST%%[!o[:space:]fn]*} in
      *on*) _viv_replace "$_VIV_TEXT" ! !! ;;
      *) _viv_replace "$_VIV_TEXT" \\ \\\\ ;;
      esac
      ;;
    *)
      # busybox sh, which has no variable to know it by; dash has no such command.
      case $(
        _viv_bare
        \command -v '[['
      ) in
      ?*) _viv_replace "$_VIV_TEXT" \\ \\\\ ;;
      esac
      ;;
    esac
    _VIV_PROMPT=$_VIV_TEXT
    ;;
  esac
}

# Gives the variable $1 the value that it had, or none.
_viv_restore() {
  _viv_run eval "case \${_VIV_OLD_$1+set} in set) $1=\$_VIV_OLD_$1; _viv_hide $1 ;; *) _viv_run unset $1 ;; esac"
}

# What a shell above, which exports all it has, may have left.
_viv_forget_rare() {
  _viv_run unset _VIV_OLD_PKG_CONFIG_PATH _VIV_OLD_VIRTUAL_ENV _VIV_OLD_VIRTUAL_ENV_PROMPT _VIV_OLD_TCL_LIBRARY _VIV_OLD_TK_LIBRARY _VIV_OLD_PLACE _VIV_OLD_ENTRY _VIV_TCL _VIV_TK _VIV_PROMPT _VIV_INDEX _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_TCL_LIBRARY _OLD_VIRTUAL_TK_LIBRARY
}

# Gives back what only such an activation took.
_viv_give_back() {
  # What was inherited counts only if it names another environment, which commands are still found in.
  case ${_VIV_OLD_PLACE:+:${PATH-}:} in
  *":${_VIV_OLD_ENTRY-}:"* | *":${_VIV_OLD_ENTRY-}/:"* | *":${_VIV_OLD_PLACE-}/bin:"*)
    _viv_restore VIRTUAL_ENV
    _viv_restore VIRTUAL_ENV_PROMPT
    ;;
  *) _viv_run unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT ;;
  esac

  # What the user has set in the meantime stays.
  case ${PYTHONHOME+set},${_OLD_VIRTUAL_PYTHONHOME+set} in
  ,set)
    PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME
    case $_VIV_EXPORTED in *" PYTHONHOME "*) _viv_export PYTHONHOME ;; esac
    ;;
  esac
  case ${_VIV_TCL:+set},${TCL_LIBRARY-} in set,"${_VIV_TCL-}") _viv_restore TCL_LIBRARY ;; esac
  case ${_VIV_TCL:+set},${TK_LIBRARY-} in set,"${_VIV_TK-}") _viv_restore TK_LIBRARY ;; esac
  case ${ZSH_VERSION:+${_VIV_INDEX-}} in
  ?*) _viv_run eval "if [[ \${psvar[*]:\$_VIV_INDEX} = \\\` ]]; then psvar=(\"\${(@)psvar[@]:0:\$_VIV_INDEX}\"); fi" ;;
  esac
}

_viv_fail() {
  _VIV_TEXT="activate: there is no environment in $VIRTUAL_ENV. If it was moved, this shell cannot tell where to."
  case $_VIV_KIND in unreadable) _VIV_TEXT="activate: this shell cannot compare the name of $VIRTUAL_ENV. Use another shell, or another name." ;; esac
  case $_VIV_SHELL in bash | zsh) _viv_run printf "%s\n" "$_VIV_TEXT" >&2 ;; *) (_viv_bare; \printf "%s\n" "$_VIV_TEXT" >&2) ;; esac
  _viv_restore VIRTUAL_ENV
  _viv_restore VIRTUAL_ENV_PROMPT
  _viv_run unset _VIV_ENTRY
  _viv_leave
  ! case x in x) ;; esac
}

# In the place of the one before.
_viv_end() {
  _viv_run unset -f _viv_bare _viv_look _viv_note _viv_look_at_name _viv_look_elsewhere _viv_defer _viv_replace _viv_without_all _viv_locate _viv_is_function _viv_refuse _viv_follow _viv_keep _viv_note_kept _viv_inherit _viv_take_over _viv_show_tcl _viv_show _viv_restore _viv_forget_rare _viv_give_back _viv_fail _viv_rare _viv_end
}

_viv_rare() {
  case $_VIV_SHELL in zsh) \builtin setopt localoptions noglobassign noglobsubst nowarncreateglobal nowarnnestedvar nomultibyte 2>/dev/null ;; esac
  case $_VIV_RARE in
  started*) _viv_refuse ;;
  absent) ;;
  *)
    _VIV_PLACE=$VIRTUAL_ENV
    case $_VIV_HAD in set) VIRTUAL_ENV=$_VIV_WAS ;; *) _viv_run unset VIRTUAL_ENV ;; esac
    # Whatever is active in this shell, of ours or of another tool's, is deactivated first.
    case ${_VIV_ENTRY+ours}${_OLD_VIRTUAL_PATH+theirs} in
    ?*) if _viv_is_function deactivate; then deactivate nondestructive; fi ;;
    esac
    _viv_load
    # Another tool's script was sourced on top of ours: its `deactivate` knows only some of the variables.
    case ${_VIV_ENTRY+ours},${_VIV_PID-} in "ours,$$") _viv_take_back ;; esac
    _viv_forget
    _viv_keep __VIVARIUM_SCRIPTS__
    _viv_locate "$_VIV_PLACE"
    VIRTUAL_ENV=$_VIV_TEXT
    case $_VIV_SCRIPT in ?*) _viv_follow __VIVARIUM_ROOT__ __VIVARIUM_SCRIPTS__ ;; esac
    _viv_enter
    ;;
  esac
  case $_VIV_RARE in
  absent)
    _viv_load
    _viv_fail
    ;;
  esac
}

case ${_VIV_SEALED-}${_VIV_RARE+rare} in
y)
  /usr/bin/printf '%s\n' "activate: bash calls your read-only function named command in the place of its own command. Start a shell without it." >&2
  \unset -f _viv_run _viv_guard _viv_unguard _viv_load _viv_export _viv_look_around _viv_begin _viv_enter _viv_bare _viv_look _viv_note _viv_look_at_name _viv_look_elsewhere _viv_defer _viv_replace _viv_without_all _viv_locate _viv_is_function _viv_refuse _viv_follow _viv_keep _viv_note_kept _viv_inherit _viv_take_over _viv_show_tcl _viv_show _viv_restore _viv_forget_rare _viv_give_back _viv_fail _viv_rare _viv_end
  \unset _VIV_SEALED _VIV_COMMAND _VIV_SHELL
  case $_VIV_GUARD in posix,*) \unset _VIV_GUARD ;; *) \unset _VIV_GUARD POSIXLY_CORRECT ;; esac
  ! case x in x) ;; esac
  ;;
rare)
  if _viv_rare; then
    case ${_VIV_LATER+posh} in posh) \eval "$_VIV_LATER; \\unset _VIV_LATER" ;; esac
    case ${_VIV_IFS+empty} in empty) \unset _VIV_IFS; IFS= ;; esac
  else
    case ${_VIV_IFS+empty} in empty) \unset _VIV_IFS; IFS= ;; esac
    ! case x in x) ;; esac
  fi
  ;;
esac
