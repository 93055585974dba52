# shellcheck shell=sh
# This file is sourced, not run:  . bin/activate
#
# One text for bash, zsh, ksh93, mksh, dash, busybox sh, yash and posh. What only one of them understands is in a string
# that only that shell evaluates; no string spans lines, which zsh's csh_junkie_quotes would refuse. No value is ever put
# into a string that is evaluated. Neither an alias nor a function of the user's can take the place of a command:
# - in most shells special built-ins (export, unset, eval, set) come before functions, and what else is needed is asked
#   for in a subshell that has lost its functions;
# - bash and zsh have prefixes, `command` and `builtin`, whose own functions are set aside in the meantime.

# Sets aside a function that is named like the prefix. Only in its POSIX mode does bash find `export` and `unset` before a
# function; assigning to POSIXLY_CORRECT switches it on without a command. Also stops the user's traps on DEBUG and RETURN
# from being inherited by each function of this file (set -T).
_vivarium_guard() {
  case ${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
  bash)
    _VIVARIUM_GUARD=${POSIXLY_CORRECT+posix},$-,${BASHOPTS-}
    POSIXLY_CORRECT=y
    if \export -nf command 2>/dev/null; then
      _VIVARIUM_COMMAND=$(\unset -f declare && declare -f command)
      \unset -f command
    fi
    case $_VIVARIUM_GUARD in posix,*) ;; *) \unset POSIXLY_CORRECT ;; esac
    case $- in *T*) \command set +T ;; esac
    # Before 5.1 leaving the POSIX mode switches these to their defaults.
    case $_VIVARIUM_GUARD in
    *,"${BASHOPTS-}") ;;
    *,*expand_aliases*) \command shopt -s expand_aliases ;;
    esac
    # Entering it switches this on, which leaving does not undo and BASHOPTS does not tell. Bash 4.3 does not know it.
    case $_VIVARIUM_GUARD in
    posix,* | *inherit_errexit*) ;;
    *) \command shopt -u inherit_errexit 2>/dev/null || case x in x) ;; esac ;;
    esac
    ;;
  zsh)
    options[localoptions]=on options[ksharrays]=off options[unset]=on
    case $functions[builtin] in ?*) dis_functions[builtin]=$functions[builtin] ;; esac
    ;;
  esac
}

# Takes back what _vivarium_guard did, and the functions $*. Run last: from here on `command` and `builtin` are the user's.
_vivarium_unguard() {
  case ${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
  bash)
    case ${1+gone} in gone) \command unset -f "$@" ;; esac
    case $_VIVARIUM_GUARD in *,*T*,*) \command set -T ;; esac
    case ${_VIVARIUM_COMMAND+shadowed} in
    shadowed) \command eval "\\command unset _VIVARIUM_GUARD _VIVARIUM_COMMAND; $_VIVARIUM_COMMAND" ;;
    *) \command unset _VIVARIUM_GUARD ;;
    esac
    ;;
  zsh)
    case ${1+gone} in gone) \builtin unset -f "$@" ;; esac
    options[localoptions]=on options[ksharrays]=off options[unset]=on
    case $dis_functions[builtin] in ?*) functions[builtin]=$dis_functions[builtin] ;; esac
    ;;
  *) case ${1+gone} in gone) \unset -f "$@" ;; esac ;;
  esac
}

# Runs a built-in command; in other shells than bash and zsh a special one.
_vivarium_run() {
  case ${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
  bash) \command "$@" ;;
  zsh) \builtin "$@" ;;
  *) "$@" ;;
  esac
}

# mvdan/sh knows `export` by nothing but its plain name.
_vivarium_export() {
  case ${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
  bash) \command export "$@" ;;
  zsh) \builtin export "$@" ;;
  *) \export "$@" 2>/dev/null || export "$@" ;;
  esac
}

# Makes a variable one of the shell alone.
_vivarium_unexport() {
  case ${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
  bash) \command export -n "$1" ;;
  zsh) \builtin typeset -g +x "$1" ;;
  *)
    _vivarium_run eval "_VIVARIUM_TEXT=\$$1"
    _vivarium_run unset "$1"
    _vivarium_run eval "$1=\$_VIVARIUM_TEXT"
    ;;
  esac
}

_vivarium_say() {
  (
    _vivarium_bare
    \printf '%s\n' "$1" >&2
  )
}

# Leaves in _VIVARIUM_TEXT the text $1 with each $2 replaced by $3.
_vivarium_replace() {
  _VIVARIUM_TEXT= _VIVARIUM_REST=$1
  while case $_VIVARIUM_REST in *"$2"*) ;; *) ! case x in x) ;; esac ;; esac; do
    _VIVARIUM_TEXT=$_VIVARIUM_TEXT${_VIVARIUM_REST%%"$2"*}$3
    _VIVARIUM_REST=${_VIVARIUM_REST#*"$2"}
  done
  _VIVARIUM_TEXT=$_VIVARIUM_TEXT$_VIVARIUM_REST
}

# Leaves in _VIVARIUM_TEXT the list $1 without the first entry that is $2.
_vivarium_without() {
  _VIVARIUM_TEXT=:$1:
  case $_VIVARIUM_TEXT in
  *":$2:"*) _VIVARIUM_TEXT=${_VIVARIUM_TEXT%%":$2:"*}:${_VIVARIUM_TEXT#*":$2:"} ;;
  esac
  _VIVARIUM_TEXT=${_VIVARIUM_TEXT#:}
  _VIVARIUM_TEXT=${_VIVARIUM_TEXT%:}
}

# The same without all entries that are $2.
_vivarium_without_all() {
  _VIVARIUM_TEXT=$1
  while case :$_VIVARIUM_TEXT: in *":$2:"*) ;; *) ! case x in x) ;; esac ;; esac; do
    _vivarium_without "$_VIVARIUM_TEXT" "$2"
  done
}

# Leaves in _VIVARIUM_TEXT the list $1 as it is without the activation, which made $2 out of $3 by putting $4 first. Where
# $2 is still in one piece it becomes $3 again: what removes duplicates (zsh's typeset -U) has lost an equal entry there.
_vivarium_undo() {
  case ${3:+:$1:} in
  *":$2:"*)
    _VIVARIUM_TEXT=:$1:
    _VIVARIUM_TEXT=${_VIVARIUM_TEXT%%":$2:"*}:$3:${_VIVARIUM_TEXT#*":$2:"}
    _VIVARIUM_TEXT=${_VIVARIUM_TEXT#:}
    _VIVARIUM_TEXT=${_VIVARIUM_TEXT%:}
    ;;
  *)
    _vivarium_without "$1" "$4"
    case :$3:,:$1:,:$_VIVARIUM_TEXT: in
    *":$4:"*,*,*":$4:"*) ;;
    *":$4:"*,*":$4:"*,*) _VIVARIUM_TEXT=$_VIVARIUM_TEXT:$4 ;;
    esac
    ;;
  esac
}

# Gives the variable $1 the value that it had, or none.
_vivarium_restore() {
  _vivarium_run eval "case \${_VIVARIUM_OLD_$1+set} in set) $1=\$_VIVARIUM_OLD_$1 ;; *) _vivarium_run unset $1 ;; esac"
  _vivarium_hide "$1"
}

# Takes the export away from the variable $1, which is set, if it had none.
_vivarium_hide() {
  _vivarium_run eval "_VIVARIUM_TEXT=\${_VIVARIUM_OLD_$1+set}"
  case $_VIVARIUM_TEXT,$_VIVARIUM_EXPORTED in
  ,* | *" $1 "*) ;;
  *) _vivarium_unexport "$1" ;;
  esac
}

# Whether $1 is the name of a function.
_vivarium_is_function() {
  case ${BASH_VERSION:+bash}${ZSH_VERSION:+zsh}${KSH_VERSION:+ksh} in
  bash | zsh | ksh) _vivarium_run typeset -f "$1" >/dev/null 2>&1 ;;
  *)
    case $(
      _vivarium_bare
      \command -v "$1"
    ) in
    "$1") ;;
    *) ! case x in x) ;; esac ;;
    esac
    ;;
  esac
}

# Whether $1 is an alias; for bash, zsh and ksh93, where a function may have the name of the command that tells.
_vivarium_is_alias() {
  case ${KSH_VERSION+ksh} in
  ksh) if \typeset -f alias >/dev/null 2>&1; then ! case x in x) ;; esac; else \alias "$1" >/dev/null 2>&1; fi ;;
  *) _vivarium_run alias "$1" >/dev/null 2>&1 ;;
  esac
}

# In a subshell: no function of the user's takes the place of what is used there. ksh93 would lose the built-in commands.
_vivarium_bare() {
  case ${KSH_VERSION-} in
  Version*)
    for _VIVARIUM_NAME in command test alias echo printf cygpath; do
      if \typeset -f "$_VIVARIUM_NAME" >/dev/null 2>&1; then \unset -f "$_VIVARIUM_NAME"; fi
    done
    ;;
  *) _vivarium_run unset -f command test alias echo printf cygpath 2>/dev/null || : ;;
  esac
}

# What only a regular built-in or a program can tell, for shells other than bash and zsh: run in a subshell. Says whether
# there is an environment, whether it is the one that was inherited, if `deactivate` is an alias, what `pydoc` is, and
# which variables are exported.
_vivarium_look() {
  _vivarium_bare
  if \test -d "$_VIVARIUM_ENTRY"; then \echo environment; fi
  if \test "${_VIVARIUM_OLD_VIRTUAL_ENV-}" -ef "$VIRTUAL_ENV"; then \echo inherited; fi
  if \alias deactivate >/dev/null; then \echo aliased; fi
  \echo documentation:
  \command -v pydoc || :
  \echo exported
  # mvdan/sh has nothing to say to the first.
  \export -p || declare -p PATH PKG_CONFIG_PATH VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME TCL_LIBRARY TK_LIBRARY || :
}

# $1 is the name of the function that calls it: virtualenvwrapper gives that another one.
_vivarium_leave() {
  case ${ZSH_VERSION:+zsh} in zsh) \builtin setopt localoptions nowarncreateglobal nowarnnestedvar 2>/dev/null ;; esac
  case ${_VIVARIUM_ENTRY+active} in
  active)
    case ${PATH+set} in
    set)
      _vivarium_undo "$PATH" "$_VIVARIUM_NEW_PATH" "${_VIVARIUM_OLD_PATH-}" "$_VIVARIUM_ENTRY"
      PATH=$_VIVARIUM_TEXT
      case $PATH,${_VIVARIUM_OLD_PATH+set} in ,) _vivarium_run unset PATH ;; esac
      _vivarium_hide PATH
      ;;
    esac
    case ${PKG_CONFIG_PATH+set} in
    set)
      _vivarium_undo "$PKG_CONFIG_PATH" "$_VIVARIUM_NEW_PKG_CONFIG_PATH" "${_VIVARIUM_OLD_PKG_CONFIG_PATH-}" "$_VIVARIUM_PKG_CONFIG"
      PKG_CONFIG_PATH=$_VIVARIUM_TEXT
      case $PKG_CONFIG_PATH,${_VIVARIUM_OLD_PKG_CONFIG_PATH+set} in ,) _vivarium_run unset PKG_CONFIG_PATH ;; esac
      _vivarium_hide PKG_CONFIG_PATH
      ;;
    esac

    # What was inherited counts only if it names another environment, which commands are still found in.
    case ${_VIVARIUM_OLD_PLACE:+:${PATH-}:} in
    *":${_VIVARIUM_OLD_PLACE-}/"__VIVARIUM_SCRIPTS__:* | *":${_VIVARIUM_OLD_PLACE-}/"__VIVARIUM_SCRIPTS__/:* | *":${_VIVARIUM_OLD_PLACE-}/bin:"*)
      _vivarium_restore VIRTUAL_ENV
      _vivarium_restore VIRTUAL_ENV_PROMPT
      ;;
    *) _vivarium_run unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT ;;
    esac

    # What the user has set in the meantime stays.
    case ${PYTHONHOME+set},${_VIVARIUM_OLD_PYTHONHOME+set} in
    ,set)
      PYTHONHOME=$_VIVARIUM_OLD_PYTHONHOME
      case $_VIVARIUM_EXPORTED in *' PYTHONHOME '*) _vivarium_export PYTHONHOME ;; esac
      ;;
    esac
    case ${_VIVARIUM_TCL+set},${TCL_LIBRARY-} in set,"${_VIVARIUM_TCL-}") _vivarium_restore TCL_LIBRARY ;; esac
    case ${_VIVARIUM_TK+set},${TK_LIBRARY-} in set,"${_VIVARIUM_TK-}") _vivarium_restore TK_LIBRARY ;; esac

    case ${_VIVARIUM_PREFIX:+shown},${PS1-} in
    shown,*"${_VIVARIUM_PREFIX-}${_VIVARIUM_OLD_PS1-}"*)
      # What an editor has put around the prompt once more is dropped, or it would grow by a layer with each activation.
      _VIVARIUM_TEXT=${PS1%%"$_VIVARIUM_PREFIX${_VIVARIUM_OLD_PS1-}"*}
      _VIVARIUM_REST=${PS1#*"$_VIVARIUM_PREFIX${_VIVARIUM_OLD_PS1-}"}
      case ${_VIVARIUM_OLD_PS1-} in
      "$_VIVARIUM_TEXT"*"$_VIVARIUM_REST") PS1=${_VIVARIUM_OLD_PS1-} ;;
      *) PS1=$_VIVARIUM_TEXT${_VIVARIUM_OLD_PS1-}$_VIVARIUM_REST ;;
      esac
      ;;
    shown,*"${_VIVARIUM_PREFIX-}"*) PS1=${PS1%%"$_VIVARIUM_PREFIX"*}${PS1#*"$_VIVARIUM_PREFIX"} ;;
    esac
    case ${PS1-},${_VIVARIUM_PREFIX:+shown},${_VIVARIUM_OLD_PS1+set} in ,shown,) _vivarium_run unset PS1 ;; esac
    case $_VIVARIUM_INDEX in
    ?*)
      _vivarium_run eval 'if [[ ${psvar[*]:$_VIVARIUM_INDEX} = "\`" ]]; then psvar=("${(@)psvar[@]:0:$_VIVARIUM_INDEX}"); fi'
      ;;
    esac

    case $_VIVARIUM_PYDOC in ours) _vivarium_run unset -f pydoc ;; esac
    ;;
  esac
  _vivarium_forget
  case ${2-},${KSH_VERSION-} in
  nondestructive,*) ;;
  # A function that takes itself away makes ksh93u+ of 2012 crash: there it stays, with nothing left to do.
  *,'Version AJM 93u+ '*) ;;
  *)
    _vivarium_run unset _VIVARIUM_NAME _VIVARIUM_TEXT _VIVARIUM_REST _VIVARIUM_SCRIPT _VIVARIUM_SHELL _VIVARIUM_FACTS _VIVARIUM_FOUND
    # The last command, since posh reads no further in a function that is gone.
    _vivarium_unguard _vivarium_guard _vivarium_unguard _vivarium_run _vivarium_export _vivarium_unexport _vivarium_say \
      _vivarium_replace _vivarium_without _vivarium_without_all _vivarium_undo _vivarium_restore _vivarium_hide \
      _vivarium_is_function _vivarium_is_alias _vivarium_bare _vivarium_look _vivarium_forget _vivarium_locate _vivarium_take_over _vivarium_set \
      _vivarium_show _vivarium_enter _vivarium_leave "$1"
    ;;
  esac
}

# Also what a shell above, which exports all it has, may have left.
_vivarium_forget() {
  _vivarium_run unset _VIVARIUM_ENTRY _VIVARIUM_NEW_PATH _VIVARIUM_PKG_CONFIG _VIVARIUM_NEW_PKG_CONFIG_PATH \
    _VIVARIUM_OLD_PATH _VIVARIUM_OLD_PKG_CONFIG_PATH _VIVARIUM_OLD_VIRTUAL_ENV _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT \
    _VIVARIUM_OLD_PYTHONHOME _VIVARIUM_OLD_TCL_LIBRARY _VIVARIUM_OLD_TK_LIBRARY _VIVARIUM_OLD_PS1 _VIVARIUM_OLD_PLACE \
    _VIVARIUM_EXPORTED _VIVARIUM_TCL _VIVARIUM_TK _VIVARIUM_PREFIX _VIVARIUM_PROMPT _VIVARIUM_INDEX _VIVARIUM_PYTHON \
    _VIVARIUM_PYDOC _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1 _OLD_VIRTUAL_PYTHONHOME _OLD_PKG_CONFIG_PATH \
    _OLD_VIRTUAL_TCL_LIBRARY _OLD_VIRTUAL_TK_LIBRARY
}

# Leaves in _VIVARIUM_TEXT the path $1, or the one by which the bash of Git, MSYS2 or Cygwin knows it.
_vivarium_locate() {
  _VIVARIUM_TEXT=$1
  case $1 in
  [A-Za-z]:[\\/]* | \\\\*)
    _VIVARIUM_TEXT=$(
      _vivarium_bare
      \cygpath -u "$1" 2>/dev/null
    ) || _VIVARIUM_TEXT=$1
    ;;
  esac
}

_vivarium_enter() {
  case ${ZSH_VERSION:+zsh} in zsh) \builtin setopt localoptions nowarncreateglobal nowarnnestedvar 2>/dev/null ;; esac
  _VIVARIUM_SHELL=${BASH_VERSION:+bash}${ZSH_VERSION:+zsh}${KSH_VERSION:+ksh}${YASH_VERSION:+yash}${POSH_VERSION:+posh}
  case $_VIVARIUM_SHELL,${KSH_VERSION-} in ksh,Version*) _VIVARIUM_SHELL=ksh93 ;; esac

  # `sh bin/activate` changes a process that ends at once. bash, zsh and ksh93 can tell where this file is and whether it
  # is being sourced; the others can only look at the name that they were started by.
  _VIVARIUM_SCRIPT= _VIVARIUM_TEXT=sourced
  case $_VIVARIUM_SHELL in
  bash)
    _VIVARIUM_SCRIPT=${BASH_SOURCE-}
    case $0 in "$_VIVARIUM_SCRIPT") _VIVARIUM_TEXT=started ;; esac
    ;;
  zsh)
    _vivarium_run eval '_VIVARIUM_SCRIPT=${(%):-%x}'
    case ${ZSH_EVAL_CONTEXT-} in toplevel:shfunc) _VIVARIUM_TEXT=started ;; esac
    ;;
  ksh93)
    _vivarium_run eval '_VIVARIUM_SCRIPT=${.sh.file}'
    case ${_VIVARIUM_SCRIPT##*/} in "${0##*/}") _vivarium_run eval 'if [[ $0 -ef $_VIVARIUM_SCRIPT ]]; then _VIVARIUM_TEXT=started; fi' ;; esac
    ;;
  *)
    case $0 in
    activate | */activate)
      _VIVARIUM_REST=./$0
      case $0 in /*) _VIVARIUM_REST=$0 ;; esac
      if (_vivarium_bare; \test -f "${_VIVARIUM_REST%/*}"/__VIVARIUM_ROOT__/pyvenv.cfg); then _VIVARIUM_TEXT=started; fi
      ;;
    esac
    ;;
  esac
  case $_VIVARIUM_TEXT in
  started)
    _vivarium_replace "${_VIVARIUM_SCRIPT:-$0}" "'" "'\\''"
    _vivarium_say "activate changes the shell that reads it, so it has to be sourced. Type:  . '$_VIVARIUM_TEXT'"
    _vivarium_run exit 33
    ;;
  esac

  # Whatever is active in this shell, of ours or of another tool's, is deactivated first.
  case ${_VIVARIUM_ENTRY+ours}${_OLD_VIRTUAL_PATH+theirs} in
  ?*) if _vivarium_is_function deactivate; then deactivate nondestructive; fi ;;
  esac
  _vivarium_forget

  # What is there now, and what of it children see.
  _VIVARIUM_EXPORTED=' ' _VIVARIUM_INDEX=
  case ${PATH+set} in set) _VIVARIUM_OLD_PATH=$PATH ;; esac
  case ${PKG_CONFIG_PATH+set} in set) _VIVARIUM_OLD_PKG_CONFIG_PATH=$PKG_CONFIG_PATH ;; esac
  case ${VIRTUAL_ENV+set} in set) _VIVARIUM_OLD_VIRTUAL_ENV=$VIRTUAL_ENV ;; esac
  case ${VIRTUAL_ENV_PROMPT+set} in set) _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT=$VIRTUAL_ENV_PROMPT ;; esac
  case ${PYTHONHOME+set} in set) _VIVARIUM_OLD_PYTHONHOME=$PYTHONHOME ;; esac
  case ${TCL_LIBRARY+set} in set) _VIVARIUM_OLD_TCL_LIBRARY=$TCL_LIBRARY ;; esac
  case ${TK_LIBRARY+set} in set) _VIVARIUM_OLD_TK_LIBRARY=$TK_LIBRARY ;; esac
  case ${PS1+set} in set) _VIVARIUM_OLD_PS1=$PS1 ;; esac
  # An x before the name of each that is exported.
  case $_VIVARIUM_SHELL,${BASH_VERSION-} in
  bash,[1-3].* | bash,4.[0-3].*) _VIVARIUM_FACTS=$(\command export -p) ;;
  ksh93,*) _VIVARIUM_FACTS=$(\export -p) ;;
  bash,*)
    _vivarium_run eval '_VIVARIUM_FACTS="${PATH+${PATH@a}} PATH= ${PKG_CONFIG_PATH+${PKG_CONFIG_PATH@a}} PKG_CONFIG_PATH= ${VIRTUAL_ENV+${VIRTUAL_ENV@a}} VIRTUAL_ENV= ${VIRTUAL_ENV_PROMPT+${VIRTUAL_ENV_PROMPT@a}} VIRTUAL_ENV_PROMPT= ${PYTHONHOME+${PYTHONHOME@a}} PYTHONHOME= ${TCL_LIBRARY+${TCL_LIBRARY@a}} TCL_LIBRARY= ${TK_LIBRARY+${TK_LIBRARY@a}} TK_LIBRARY="'
    ;;
  zsh,*)
    _vivarium_run eval '_VIVARIUM_FACTS="${PATH+${${(M)${(t)PATH}:#*export*}:+x}} PATH= ${PKG_CONFIG_PATH+${${(M)${(t)PKG_CONFIG_PATH}:#*export*}:+x}} PKG_CONFIG_PATH= ${VIRTUAL_ENV+${${(M)${(t)VIRTUAL_ENV}:#*export*}:+x}} VIRTUAL_ENV= ${VIRTUAL_ENV_PROMPT+${${(M)${(t)VIRTUAL_ENV_PROMPT}:#*export*}:+x}} VIRTUAL_ENV_PROMPT= ${PYTHONHOME+${${(M)${(t)PYTHONHOME}:#*export*}:+x}} PYTHONHOME= ${TCL_LIBRARY+${${(M)${(t)TCL_LIBRARY}:#*export*}:+x}} TCL_LIBRARY= ${TK_LIBRARY+${${(M)${(t)TK_LIBRARY}:#*export*}:+x}} TK_LIBRARY="'
    ;;
  esac

# Tools that move environments rewrite this line.
VIRTUAL_ENV=__VIVARIUM_DESTINATION__

  _vivarium_locate "$VIRTUAL_ENV"
  VIRTUAL_ENV=$_VIVARIUM_TEXT
  case ${_VIVARIUM_OLD_VIRTUAL_ENV:+set} in
  set)
    _vivarium_locate "${_VIVARIUM_OLD_VIRTUAL_ENV%/}"
    _VIVARIUM_OLD_PLACE=$_VIVARIUM_TEXT
    ;;
  esac

  # Moved or copied: this file is another than the one it was written as, and an environment is around it.
  case $_VIVARIUM_SCRIPT in
  ?*)
    case $_VIVARIUM_SCRIPT in */*) _VIVARIUM_TEXT=${_VIVARIUM_SCRIPT%/*} ;; *) _VIVARIUM_TEXT=. ;; esac
    _VIVARIUM_REST=$VIRTUAL_ENV/__VIVARIUM_SCRIPTS__/activate _VIVARIUM_FOUND=$_VIVARIUM_TEXT/__VIVARIUM_ROOT__/pyvenv.cfg
    # yash in its POSIX mode refuses to read [[.
    _vivarium_run eval 'if [[ $_VIVARIUM_SCRIPT -ef $_VIVARIUM_REST || ! -f $_VIVARIUM_FOUND ]]; then _VIVARIUM_FOUND=; fi'
    case $_VIVARIUM_FOUND in
    ?*)
      case $_VIVARIUM_TEXT in
      /*) _VIVARIUM_REST=$_VIVARIUM_TEXT/__VIVARIUM_ROOT__/ ;;
      *) _VIVARIUM_REST=$PWD/$_VIVARIUM_TEXT/__VIVARIUM_ROOT__/ ;;
      esac
      VIRTUAL_ENV=
      while case $_VIVARIUM_REST in '') ! case x in x) ;; esac ;; esac; do
        _VIVARIUM_TEXT=${_VIVARIUM_REST%%/*}
        _VIVARIUM_REST=${_VIVARIUM_REST#*/}
        case $_VIVARIUM_TEXT in
        '' | .) ;;
        ..) VIRTUAL_ENV=${VIRTUAL_ENV%/*} ;;
        *) VIRTUAL_ENV=$VIRTUAL_ENV/$_VIVARIUM_TEXT ;;
        esac
      done
      ;;
    esac
    ;;
  esac
  VIRTUAL_ENV_PROMPT=__VIVARIUM_PROMPT__
  case $VIRTUAL_ENV_PROMPT in '') VIRTUAL_ENV_PROMPT=${VIRTUAL_ENV##*/} ;; esac
  _VIVARIUM_ENTRY=$VIRTUAL_ENV/__VIVARIUM_SCRIPTS__
  _VIVARIUM_PKG_CONFIG=$VIRTUAL_ENV/lib/pkgconfig
  _VIVARIUM_PYTHON=$VIRTUAL_ENV/__VIVARIUM_PYTHON__
  _VIVARIUM_NEW_PATH=${PATH-} _VIVARIUM_NEW_PKG_CONFIG_PATH=${PKG_CONFIG_PATH-} _VIVARIUM_PYDOC=ours

  _VIVARIUM_REST=
  case $_VIVARIUM_SHELL in
  bash | zsh | ksh93)
    _vivarium_run eval 'if [[ -d $_VIVARIUM_ENTRY ]]; then _VIVARIUM_REST=environment; fi; if [[ ${_VIVARIUM_OLD_PLACE-} -ef $VIRTUAL_ENV ]]; then _VIVARIUM_REST=${_VIVARIUM_REST}inherited; fi'
    if _vivarium_is_alias deactivate; then _VIVARIUM_REST=${_VIVARIUM_REST}aliased; fi
    if _vivarium_is_function pydoc || _vivarium_is_alias pydoc; then _VIVARIUM_PYDOC=; fi
    ;;
  *)
    _VIVARIUM_FACTS=$(_vivarium_look 2>/dev/null)
    _VIVARIUM_REST=${_VIVARIUM_FACTS%%exported*}
    # After a line break comes the path of a program, or nothing.
    case ${_VIVARIUM_REST#*documentation:} in ?/* | ?) ;; *) _VIVARIUM_PYDOC= ;; esac
    ;;
  esac
  case $_VIVARIUM_REST in *aliased*) \unalias deactivate ;; esac
  case $_VIVARIUM_FACTS in
  ?*)
    for _VIVARIUM_NAME in PATH PKG_CONFIG_PATH VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME TCL_LIBRARY TK_LIBRARY; do
      case $_VIVARIUM_FACTS in *"export $_VIVARIUM_NAME="* | *"x $_VIVARIUM_NAME="*) _VIVARIUM_EXPORTED="${_VIVARIUM_EXPORTED}$_VIVARIUM_NAME " ;; esac
    done
    ;;
  esac
  case ${_VIVARIUM_OLD_PLACE-} in "$VIRTUAL_ENV") _VIVARIUM_REST=${_VIVARIUM_REST}inherited ;; esac
  case $_VIVARIUM_REST in *inherited*) _vivarium_take_over ;; esac
  case $_VIVARIUM_REST in
  *environment*)
    _vivarium_set
    _vivarium_run unset _VIVARIUM_SCRIPT _VIVARIUM_SHELL _VIVARIUM_FACTS _VIVARIUM_FOUND _VIVARIUM_NAME
    _vivarium_unguard
    ;;
  *)
    _vivarium_say "activate: there is no environment in $VIRTUAL_ENV. If it was moved, this shell can't tell where to."
    _vivarium_restore VIRTUAL_ENV
    _vivarium_restore VIRTUAL_ENV_PROMPT
    _vivarium_run unset _VIVARIUM_ENTRY
    _vivarium_leave deactivate
    ! case x in x) ;; esac
    ;;
  esac
}

# A shell above has activated this very environment: what it did is this activation's to take back.
_vivarium_take_over() {
  for _VIVARIUM_NAME in "$_VIVARIUM_ENTRY" "$_VIVARIUM_ENTRY/" "$_VIVARIUM_OLD_PLACE/"__VIVARIUM_SCRIPTS__; do
    case ${PATH+set} in
    set)
      _vivarium_without_all "$PATH" "$_VIVARIUM_NAME"
      PATH=$_VIVARIUM_TEXT _VIVARIUM_OLD_PATH=$_VIVARIUM_TEXT
      ;;
    esac
  done
  for _VIVARIUM_NAME in "$_VIVARIUM_PKG_CONFIG" "$_VIVARIUM_OLD_PLACE/lib/pkgconfig"; do
    case ${PKG_CONFIG_PATH:+set} in
    set)
      _vivarium_without_all "$PKG_CONFIG_PATH" "$_VIVARIUM_NAME"
      PKG_CONFIG_PATH=$_VIVARIUM_TEXT _VIVARIUM_OLD_PKG_CONFIG_PATH=$_VIVARIUM_TEXT
      case $PKG_CONFIG_PATH in '') _vivarium_run unset _VIVARIUM_OLD_PKG_CONFIG_PATH ;; esac
      ;;
    esac
  done
  _vivarium_run unset _VIVARIUM_OLD_VIRTUAL_ENV _VIVARIUM_OLD_VIRTUAL_ENV_PROMPT _VIVARIUM_OLD_PLACE
}

_vivarium_set() {
  # By these names the scripts of virtualenv, uv and the venv module, sourced on top, restore what was there.
  case ${PATH+set} in set) _OLD_VIRTUAL_PATH=$PATH ;; esac
  case ${PS1+set} in set) _OLD_VIRTUAL_PS1=$PS1 ;; esac
  case ${PYTHONHOME+set} in set) _OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME ;; esac
  _OLD_PKG_CONFIG_PATH=${_VIVARIUM_OLD_PKG_CONFIG_PATH-}

  # A new PATH makes each of these shells forget the places of commands that it has found before.
  case ${PATH-} in '') PATH=$_VIVARIUM_ENTRY ;; *) PATH=$_VIVARIUM_ENTRY:$PATH ;; esac
  case ${PKG_CONFIG_PATH-} in
  '') PKG_CONFIG_PATH=$_VIVARIUM_PKG_CONFIG ;;
  *) PKG_CONFIG_PATH=$_VIVARIUM_PKG_CONFIG:$PKG_CONFIG_PATH ;;
  esac
  # Read back, since zsh may have removed duplicates.
  _VIVARIUM_NEW_PATH=$PATH _VIVARIUM_NEW_PKG_CONFIG_PATH=$PKG_CONFIG_PATH
  _vivarium_run unset PYTHONHOME

  # Where Tk looks for its scripts, for a Python that would not find them itself.
  _VIVARIUM_TEXT=__VIVARIUM_TCL__
  case $_VIVARIUM_TEXT in
  ?*)
    _OLD_VIRTUAL_TCL_LIBRARY=${TCL_LIBRARY-} _OLD_VIRTUAL_TK_LIBRARY=${TK_LIBRARY-}
    _VIVARIUM_TCL=$_VIVARIUM_TEXT _VIVARIUM_TK=__VIVARIUM_TK__
    TCL_LIBRARY=$_VIVARIUM_TCL TK_LIBRARY=$_VIVARIUM_TK
    _vivarium_export TCL_LIBRARY TK_LIBRARY
    ;;
  esac
  _vivarium_export VIRTUAL_ENV VIRTUAL_ENV_PROMPT PATH PKG_CONFIG_PATH

  case ${VIRTUAL_ENV_DISABLE_PROMPT-} in '') _vivarium_show ;; esac

  case $_VIVARIUM_PYDOC in ours) _vivarium_run eval 'pydoc() { "$_VIVARIUM_PYTHON" -m pydoc ${1+"$@"}; }' ;; esac
  _vivarium_run eval 'deactivate() { case ${1-} in nondestructive) ;; *) _vivarium_guard ;; esac; _vivarium_leave deactivate ${1+"$@"}; }'
}

# The prompt is read twice: now, and by the shell whenever it is drawn. A plain text is put into it as it is. In any other
# bash and zsh get what is drawn as it is under all of their options, also if these are changed while it is active. The
# other shells have the text in a variable, and what their kind of prompt would still change is doubled there.
_vivarium_show() {
  _VIVARIUM_PREFIX="($VIRTUAL_ENV_PROMPT) "
  case $VIRTUAL_ENV_PROMPT in
  *[!A-Za-z0-9\ ._+,:@/=-]*)
    _VIVARIUM_TEXT=$_VIVARIUM_PREFIX
    case $_VIVARIUM_SHELL in
    bash)
      # What \D{...} gives, a text for a date, is expanded no further.
      _vivarium_replace "$_VIVARIUM_TEXT" \\ '\D{\}'
      _vivarium_replace "$_VIVARIUM_TEXT" '$' '\D{$}'
      _vivarium_replace "$_VIVARIUM_TEXT" '`' '\D{`}'
      _vivarium_replace "$_VIVARIUM_TEXT" ! '\D{!}'
      _VIVARIUM_PREFIX=$_VIVARIUM_TEXT
      ;;
    zsh)
      # An empty escape keeps a $ and a backslash from what comes after them; an element of psvar is expanded no further.
      _vivarium_run eval 'if [[ -o promptpercent ]]; then _vivarium_replace "$_VIVARIUM_TEXT" % %%; fi'
      _vivarium_run eval 'if [[ -o promptbang ]]; then _vivarium_replace "$_VIVARIUM_TEXT" ! !!; fi'
      _vivarium_replace "$_VIVARIUM_TEXT" \\ '\%{%}'
      _vivarium_replace "$_VIVARIUM_TEXT" '$' '$%{%}'
      case $_VIVARIUM_TEXT in
      *'`'*)
        _vivarium_run eval '_VIVARIUM_PREFIX=$_VIVARIUM_TEXT; _VIVARIUM_INDEX=${#psvar[@]}; psvar+=("\`")'
        _vivarium_run eval '_vivarium_replace "$_VIVARIUM_PREFIX" "\`" "%${#psvar[@]}v"'
        ;;
      esac
      _VIVARIUM_PREFIX=$_VIVARIUM_TEXT
      ;;
    posh) ;;
    ksh) _VIVARIUM_PREFIX='${_VIVARIUM_PROMPT-}' ;;
    ksh93)
      _vivarium_replace "$_VIVARIUM_TEXT" ! !!
      _VIVARIUM_PREFIX='${_VIVARIUM_PROMPT-}'
      ;;
    yash)
      _VIVARIUM_REST=$(_vivarium_run set -o)
      _VIVARIUM_REST=${_VIVARIUM_REST#*posixlycorrect}
      case ${_VIVARIUM_REST%%[!o[:space:]fn]*} in
      *on*) _vivarium_replace "$_VIVARIUM_TEXT" ! !! ;;
      *) _vivarium_replace "$_VIVARIUM_TEXT" \\ \\\\ ;;
      esac
      _VIVARIUM_PREFIX='${_VIVARIUM_PROMPT-}'
      ;;
    *)
      # busybox sh, which has no variable to know it by; dash has no such command.
      case $(
        _vivarium_bare
        \command -v '[['
      ) in
      ?*) _vivarium_replace "$_VIVARIUM_TEXT" \\ \\\\ ;;
      esac
      _VIVARIUM_PREFIX='${_VIVARIUM_PROMPT-}'
      ;;
    esac
    _VIVARIUM_PROMPT=$_VIVARIUM_TEXT
    ;;
  esac
  PS1=$_VIVARIUM_PREFIX${PS1-}
}

_vivarium_guard
_vivarium_enter
