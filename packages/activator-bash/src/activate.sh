# shellcheck shell=sh
# This file is sourced, not run:  . bin/activate
#
# One text for bash, zsh, ksh93, mksh, dash, busybox sh, yash and posh. What only one of them understands stands in a
# string that only that shell evaluates. Every command is started by _vivarium_run, so that neither an alias nor a
# function of the user's can take its place. No value is ever put into a string that is evaluated.

_VIVARIUM_SHELL=${BASH_VERSION:+bash}${ZSH_VERSION:+zsh}${KSH_VERSION:+ksh}${YASH_VERSION:+yash}${POSH_VERSION:+posh}
case $_VIVARIUM_SHELL,${KSH_VERSION-} in ksh,Version*) _VIVARIUM_SHELL=ksh93 ;; esac
case $_VIVARIUM_SHELL in
zsh) _vivarium_run() { \builtin "$@"; } ;;
*) _vivarium_run() { \command "$@"; } ;;
esac
_VIVARIUM_TEXT= _VIVARIUM_REST=

# Leaves in _VIVARIUM_TEXT the text $1 with each $2 replaced by $3.
_vivarium_replace() {
  _VIVARIUM_TEXT= _VIVARIUM_REST=$1
  while case $_VIVARIUM_REST in *"$2"*) ;; *) _vivarium_run false ;; esac; do
    _VIVARIUM_TEXT=$_VIVARIUM_TEXT${_VIVARIUM_REST%%"$2"*}$3
    _VIVARIUM_REST=${_VIVARIUM_REST#*"$2"}
  done
  _VIVARIUM_TEXT=$_VIVARIUM_TEXT$_VIVARIUM_REST
}

# Leaves in _VIVARIUM_TEXT the list $1 without the first entry that is $2.
_vivarium_without() {
  _VIVARIUM_TEXT=:$1:
  case $_VIVARIUM_TEXT in
  *":$2:"*)
    _VIVARIUM_TEXT=${_VIVARIUM_TEXT%%":$2:"*}:${_VIVARIUM_TEXT#*":$2:"}
    ;;
  esac
  _VIVARIUM_TEXT=${_VIVARIUM_TEXT#:}
  _VIVARIUM_TEXT=${_VIVARIUM_TEXT%:}
}

# Whether $1 is the name of a function.
_vivarium_is_function() {
  case $_VIVARIUM_SHELL in
  bash | zsh | ksh93 | ksh) _vivarium_run typeset -f "$1" >/dev/null 2>&1 ;;
  *) case $(_vivarium_run command -v "$1") in "$1") ;; *) _vivarium_run false ;; esac ;;
  esac
}

# `sh bin/activate` changes a process that ends at once. bash, zsh and ksh93 can tell where this file is and whether it
# is being sourced; the others can only look at the name that they were started by.
_VIVARIUM_SCRIPT=
_VIVARIUM_SOURCED=yes
case $_VIVARIUM_SHELL in
bash)
  _VIVARIUM_SCRIPT=${BASH_SOURCE-}
  case $0 in "$_VIVARIUM_SCRIPT") _VIVARIUM_SOURCED=no ;; esac
  ;;
zsh)
  _VIVARIUM_SCRIPT=$0
  _vivarium_run eval 'if [[ ! -o functionargzero || -o posixargzero ]]; then _VIVARIUM_SCRIPT=${(%):-%x}; fi'
  case ${ZSH_EVAL_CONTEXT-} in toplevel) _VIVARIUM_SOURCED=no ;; esac
  ;;
ksh93)
  _vivarium_run eval '_VIVARIUM_SCRIPT=${.sh.file} _VIVARIUM_TEXT=${0##*/}'
  case ${_VIVARIUM_SCRIPT##*/} in
  "$_VIVARIUM_TEXT") if _vivarium_run test "$0" -ef "$_VIVARIUM_SCRIPT"; then _VIVARIUM_SOURCED=no; fi ;;
  esac
  ;;
*)
  case $0 in
  activate) _VIVARIUM_TEXT=. ;;
  */activate) _VIVARIUM_TEXT=${0%/*} ;;
  esac
  case $_VIVARIUM_TEXT in
  ?*) if _vivarium_run test -f "$_VIVARIUM_TEXT"/__VIVARIUM_ROOT__/pyvenv.cfg; then _VIVARIUM_SOURCED=no; fi ;;
  esac
  ;;
esac
case $_VIVARIUM_SOURCED in
no)
  _vivarium_replace "$0" "'" "'\\''"
  _vivarium_run printf '%s\n' "activate changes the shell that reads it, so it has to be sourced. Type:  . '$_VIVARIUM_TEXT'" >&2
  \return 33 2>/dev/null || \exit 33
  ;;
esac

# Whatever is active in this shell, of ours or of another tool's making, goes first.
case ${_VIVARIUM_ENTRY+ours}${_OLD_VIRTUAL_PATH+theirs} in
?*) if _vivarium_is_function deactivate; then deactivate nondestructive; fi ;;
esac
# Left over from a shell that exports all it has.
_vivarium_run unset _VIVARIUM_OLD_PYTHONHOME _VIVARIUM_TCL _VIVARIUM_TK _VIVARIUM_PREFIX _VIVARIUM_PROMPT
if _vivarium_run alias deactivate >/dev/null 2>&1; then _vivarium_run unalias deactivate; fi

deactivate() {
  case ${_VIVARIUM_ENTRY+active} in
  active)
    case ${PATH+set} in
    set)
      _vivarium_without "$PATH" "$_VIVARIUM_ENTRY"
      PATH=$_VIVARIUM_TEXT
      ;;
    esac
    case ${PATH-},$_VIVARIUM_UNSET in ,*' PATH '*) _vivarium_run unset PATH ;; esac

    case ${PKG_CONFIG_PATH+set} in
    set)
      _vivarium_without "$PKG_CONFIG_PATH" "$_VIVARIUM_PKG_CONFIG"
      PKG_CONFIG_PATH=$_VIVARIUM_TEXT
      ;;
    esac
    case ${PKG_CONFIG_PATH-},$_VIVARIUM_UNSET in
    ,*' PKG_CONFIG_PATH '*) _vivarium_run unset PKG_CONFIG_PATH ;;
    esac

    VIRTUAL_ENV=$_VIVARIUM_OLD_VIRTUAL_ENV
    case $_VIVARIUM_UNSET in *' VIRTUAL_ENV '*) _vivarium_run unset VIRTUAL_ENV ;; esac
    VIRTUAL_ENV_PROMPT=$_VIVARIUM_OLD_PROMPT
    case $_VIVARIUM_UNSET in *' VIRTUAL_ENV_PROMPT '*) _vivarium_run unset VIRTUAL_ENV_PROMPT ;; esac

    # What the user has set in the meantime stays.
    case ${PYTHONHOME+set},${_VIVARIUM_OLD_PYTHONHOME+set} in
    ,set)
      case $_VIVARIUM_PYTHONHOME_KIND in
      exported) _vivarium_run export "PYTHONHOME=$_VIVARIUM_OLD_PYTHONHOME" ;;
      *) PYTHONHOME=$_VIVARIUM_OLD_PYTHONHOME ;;
      esac
      ;;
    esac
    case ${_VIVARIUM_TCL+set},${TCL_LIBRARY-} in
    set,"${_VIVARIUM_TCL-}")
      TCL_LIBRARY=$_VIVARIUM_OLD_TCL
      case $_VIVARIUM_UNSET in *' TCL_LIBRARY '*) _vivarium_run unset TCL_LIBRARY ;; esac
      ;;
    esac
    case ${_VIVARIUM_TK+set},${TK_LIBRARY-} in
    set,"${_VIVARIUM_TK-}")
      TK_LIBRARY=$_VIVARIUM_OLD_TK
      case $_VIVARIUM_UNSET in *' TK_LIBRARY '*) _vivarium_run unset TK_LIBRARY ;; esac
      ;;
    esac

    case ${_VIVARIUM_PREFIX:+shown},${PS1-} in
    shown,*"${_VIVARIUM_PREFIX-}"*)
      PS1=${PS1%%"$_VIVARIUM_PREFIX"*}${PS1#*"$_VIVARIUM_PREFIX"}
      case $PS1,$_VIVARIUM_UNSET in ,*' PS1 '*) _vivarium_run unset PS1 ;; esac
      ;;
    esac
    case $_VIVARIUM_INDEX in
    ?*)
      _vivarium_run eval '
        if [[ ${psvar[*]:$_VIVARIUM_INDEX} = "$_VIVARIUM_PROMPT" ]]; then
          psvar=("${(@)psvar[@]:0:$_VIVARIUM_INDEX}")
        fi'
      ;;
    esac

    case $_VIVARIUM_PYDOC in ours) _vivarium_run unset -f pydoc ;; esac
    _vivarium_run unset _VIVARIUM_ENTRY _VIVARIUM_PKG_CONFIG _VIVARIUM_UNSET _VIVARIUM_OLD_VIRTUAL_ENV \
      _VIVARIUM_OLD_PROMPT _VIVARIUM_OLD_PYTHONHOME _VIVARIUM_PYTHONHOME_KIND _VIVARIUM_TCL _VIVARIUM_TK \
      _VIVARIUM_OLD_TCL _VIVARIUM_OLD_TK _VIVARIUM_PREFIX _VIVARIUM_PROMPT _VIVARIUM_PYTHON _VIVARIUM_PYDOC \
      _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1 _OLD_VIRTUAL_PYTHONHOME
    ;;
  esac
  case ${1-},${KSH_VERSION-} in
  nondestructive,*) ;;
  # A function that takes itself away makes ksh93u+ of 2012 crash: there it stays, with nothing left to do.
  *,'Version AJM 93u+ '*) ;;
  *)
    _vivarium_run unset _VIVARIUM_TEXT _VIVARIUM_REST _VIVARIUM_INDEX _VIVARIUM_SHELL
    _vivarium_run unset -f _vivarium_replace _vivarium_without _vivarium_is_function _vivarium_run deactivate
    ;;
  esac
}

_VIVARIUM_UNSET=' ' _VIVARIUM_INDEX=
case ${VIRTUAL_ENV+set} in set) ;; *) _VIVARIUM_UNSET="$_VIVARIUM_UNSET VIRTUAL_ENV " ;; esac
case ${VIRTUAL_ENV_PROMPT+set} in set) ;; *) _VIVARIUM_UNSET="$_VIVARIUM_UNSET VIRTUAL_ENV_PROMPT " ;; esac
case ${PATH+set} in set) ;; *) _VIVARIUM_UNSET="$_VIVARIUM_UNSET PATH " ;; esac
case ${PKG_CONFIG_PATH+set} in set) ;; *) _VIVARIUM_UNSET="$_VIVARIUM_UNSET PKG_CONFIG_PATH " ;; esac
case ${TCL_LIBRARY+set} in set) ;; *) _VIVARIUM_UNSET="$_VIVARIUM_UNSET TCL_LIBRARY " ;; esac
case ${TK_LIBRARY+set} in set) ;; *) _VIVARIUM_UNSET="$_VIVARIUM_UNSET TK_LIBRARY " ;; esac
case ${PS1+set} in set) ;; *) _VIVARIUM_UNSET="$_VIVARIUM_UNSET PS1 " ;; esac
_VIVARIUM_OLD_VIRTUAL_ENV=${VIRTUAL_ENV-}
_VIVARIUM_OLD_PROMPT=${VIRTUAL_ENV_PROMPT-}

# By these names the scripts of virtualenv and of the venv module, sourced on top, put back what was there.
case ${PATH+set} in set) _OLD_VIRTUAL_PATH=$PATH ;; esac
case ${PS1+set} in set) _OLD_VIRTUAL_PS1=$PS1 ;; esac
case ${PYTHONHOME+set} in set) _OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME ;; esac

VIRTUAL_ENV=__VIVARIUM_DESTINATION__

# A Windows path, read by the bash of Git, MSYS2 or Cygwin.
case $VIRTUAL_ENV in
[A-Za-z]:[\\/]* | \\\\*)
  if _vivarium_run command -v cygpath >/dev/null 2>&1; then VIRTUAL_ENV=$(\command cygpath -u "$VIRTUAL_ENV"); fi
  ;;
esac

# Moved or copied: this file is another than the one it was written as, and an environment is around it.
case $_VIVARIUM_SCRIPT in
?*)
  case $_VIVARIUM_SCRIPT in */*) _VIVARIUM_TEXT=${_VIVARIUM_SCRIPT%/*} ;; *) _VIVARIUM_TEXT=. ;; esac
  if _vivarium_run test "$_VIVARIUM_SCRIPT" -ef "$VIRTUAL_ENV"/__VIVARIUM_SCRIPTS__/activate; then
    _VIVARIUM_TEXT=
  elif _vivarium_run test -f "$_VIVARIUM_TEXT"/__VIVARIUM_ROOT__/pyvenv.cfg; then
    case $_VIVARIUM_TEXT in
    /*) _VIVARIUM_REST=$_VIVARIUM_TEXT/__VIVARIUM_ROOT__/ ;;
    *) _VIVARIUM_REST=$PWD/$_VIVARIUM_TEXT/__VIVARIUM_ROOT__/ ;;
    esac
    VIRTUAL_ENV=
    while _vivarium_run test -n "$_VIVARIUM_REST"; do
      _VIVARIUM_TEXT=${_VIVARIUM_REST%%/*}
      _VIVARIUM_REST=${_VIVARIUM_REST#*/}
      case $_VIVARIUM_TEXT in
      '' | .) ;;
      ..) VIRTUAL_ENV=${VIRTUAL_ENV%/*} ;;
      *) VIRTUAL_ENV=$VIRTUAL_ENV/$_VIVARIUM_TEXT ;;
      esac
    done
  fi
  ;;
esac

VIRTUAL_ENV_PROMPT=__VIVARIUM_PROMPT__
case $VIRTUAL_ENV_PROMPT in '') VIRTUAL_ENV_PROMPT=${VIRTUAL_ENV##*/} ;; esac
_VIVARIUM_ENTRY=$VIRTUAL_ENV/__VIVARIUM_SCRIPTS__
_VIVARIUM_PKG_CONFIG=$VIRTUAL_ENV/lib/pkgconfig
_VIVARIUM_PYTHON=$VIRTUAL_ENV/__VIVARIUM_PYTHON__
_VIVARIUM_PYDOC=theirs
if ! _vivarium_run test -d "$_VIVARIUM_ENTRY"; then
  _vivarium_run printf '%s\n' "activate: there is no environment in $VIRTUAL_ENV. If it was moved, this shell can't tell where to." >&2
  _vivarium_run unset _VIVARIUM_SCRIPT _VIVARIUM_SOURCED
  deactivate
  \return 1
fi
_vivarium_run export VIRTUAL_ENV VIRTUAL_ENV_PROMPT

# A new PATH makes each of these shells forget the places of commands that it has found before.
PATH=$_VIVARIUM_ENTRY${PATH:+:$PATH}
case $_VIVARIUM_UNSET in *' PATH '*) _vivarium_run export PATH ;; esac

PKG_CONFIG_PATH=$_VIVARIUM_PKG_CONFIG${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
case $_VIVARIUM_UNSET in *' PKG_CONFIG_PATH '*) _vivarium_run export PKG_CONFIG_PATH ;; esac

case ${PYTHONHOME+set} in
set)
  _VIVARIUM_OLD_PYTHONHOME=$PYTHONHOME
  case $(_vivarium_run export -p) in
  *' PYTHONHOME='*) _VIVARIUM_PYTHONHOME_KIND=exported ;;
  *) _VIVARIUM_PYTHONHOME_KIND=own ;;
  esac
  _vivarium_run unset PYTHONHOME
  ;;
esac

# Where Tk looks for its scripts, for a Python that would not find them itself.
_VIVARIUM_TEXT=__VIVARIUM_TCL__
case $_VIVARIUM_TEXT in
?*)
  _VIVARIUM_OLD_TCL=${TCL_LIBRARY-} _VIVARIUM_OLD_TK=${TK_LIBRARY-}
  _VIVARIUM_TCL=$_VIVARIUM_TEXT _VIVARIUM_TK=__VIVARIUM_TK__
  TCL_LIBRARY=$_VIVARIUM_TCL TK_LIBRARY=$_VIVARIUM_TK
  case $_VIVARIUM_UNSET in *' TCL_LIBRARY '*) _vivarium_run export TCL_LIBRARY ;; esac
  case $_VIVARIUM_UNSET in *' TK_LIBRARY '*) _vivarium_run export TK_LIBRARY ;; esac
  ;;
esac

# The prompt is read twice: now, and by the shell whenever it is drawn. A plain text stands in it as it is. Any other
# stands in a variable that the shell expands then, and what its kind of prompt would still change is doubled.
case ${VIRTUAL_ENV_DISABLE_PROMPT-} in
'')
  _VIVARIUM_PREFIX="($VIRTUAL_ENV_PROMPT) "
  case $VIRTUAL_ENV_PROMPT in
  *[!A-Za-z0-9\ ._+,:@/=-]*)
    _VIVARIUM_TEXT=$_VIVARIUM_PREFIX
    _VIVARIUM_PREFIX='${_VIVARIUM_PROMPT-}'
    case $_VIVARIUM_SHELL in
    bash)
      if ! _vivarium_run shopt -q promptvars; then
        _vivarium_replace "$_VIVARIUM_TEXT" \\ \\\\
        _VIVARIUM_PREFIX=$_VIVARIUM_TEXT
      fi
      ;;
    zsh)
      # zsh expands variables in prompts only if told to, at any time; the elements of psvar it puts in as they are.
      _vivarium_run eval '
        if [[ -o promptsubst || $_VIVARIUM_TEXT != *[\$\`\\]* ]]; then
          if [[ -o promptpercent ]]; then _vivarium_replace "$_VIVARIUM_TEXT" % %%; fi
          if [[ -o promptbang ]]; then _vivarium_replace "$_VIVARIUM_TEXT" ! !!; fi
          if [[ $_VIVARIUM_TEXT != *[\$\`\\]* ]]; then _VIVARIUM_PREFIX=$_VIVARIUM_TEXT; fi
        else
          _VIVARIUM_PREFIX="(" _VIVARIUM_INDEX=${#psvar[@]} _VIVARIUM_REST=$VIRTUAL_ENV_PROMPT
          while [[ $_VIVARIUM_REST = *[[:cntrl:]]* ]]; do
            psvar+=("${_VIVARIUM_REST%%[[:cntrl:]]*}")
            _VIVARIUM_REST=${_VIVARIUM_REST#"${_VIVARIUM_REST%%[[:cntrl:]]*}"}
            _VIVARIUM_PREFIX="$_VIVARIUM_PREFIX%${#psvar[@]}v${_VIVARIUM_REST%"${_VIVARIUM_REST#?}"}"
            _VIVARIUM_REST=${_VIVARIUM_REST#?}
          done
          psvar+=("$_VIVARIUM_REST")
          _VIVARIUM_PREFIX="$_VIVARIUM_PREFIX%${#psvar[@]}v) "
          _VIVARIUM_TEXT="${psvar[*]:$_VIVARIUM_INDEX}"
        fi'
      ;;
    ksh93) _vivarium_replace "$_VIVARIUM_TEXT" ! !! ;;
    posh) _VIVARIUM_PREFIX=$_VIVARIUM_TEXT ;;
    ksh) ;;
    yash)
      _VIVARIUM_REST=$(_vivarium_run set -o)
      _VIVARIUM_REST=${_VIVARIUM_REST#*posixlycorrect}
      case ${_VIVARIUM_REST%%
*} in
      *on) _vivarium_replace "$_VIVARIUM_TEXT" ! !! ;;
      *) _vivarium_replace "$_VIVARIUM_TEXT" \\ \\\\ ;;
      esac
      ;;
    *)
      # busybox sh, which has no variable to know it by; dash has no such command.
      if _vivarium_run command -v '[[' >/dev/null 2>&1; then _vivarium_replace "$_VIVARIUM_TEXT" \\ \\\\; fi
      ;;
    esac
    _VIVARIUM_PROMPT=$_VIVARIUM_TEXT
    ;;
  esac
  PS1=$_VIVARIUM_PREFIX${PS1-}
  ;;
esac

if ! { _vivarium_is_function pydoc || _vivarium_run alias pydoc >/dev/null 2>&1; }; then
  _VIVARIUM_PYDOC=ours
  _vivarium_run eval 'pydoc() { "$_VIVARIUM_PYTHON" -m pydoc "$@"; }'
fi

_vivarium_run unset _VIVARIUM_SCRIPT _VIVARIUM_SOURCED
