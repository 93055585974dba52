# This file is sourced, not run:  source bin/activate.csh
#
# For tcsh and csh, which have neither functions nor a way to tell where a sourced file is. How to read it:
# - A value stands in a variable and is read as $variable:q, which is never split, matched or read again.
# - `if (1) set` is `set`, also where that is an alias: what `if` runs never is one. `alias` itself can't be one.
# - Variables are put into the command of an `if` before its condition is looked at. With `eval` they wait.
# - What is compared begins with an x, so that none of it looks like an operator.
# - Names are short: csh can bear 20 letters, or 30.

# `csh bin/activate.csh` changes a process that ends at once. The name of the file that was started tells, if there is
# an environment around it.
if (1) set _vivarium_script = ''
if (1) set _vivarium_executed = 0
if ($?0) eval 'if (x$0:q =~ x*activate.csh) set _vivarium_script = $0:q'
if (1) set _vivarium_directory = "$_vivarium_script:h"
if (x$_vivarium_script:q == xactivate.csh) set _vivarium_directory = .
if (x$_vivarium_script:q != x && -f ${_vivarium_directory:q}/__VIVARIUM_ROOT__/pyvenv.cfg) set _vivarium_executed = 1
if ($_vivarium_executed) /bin/sh -c 'printf "%s\n" "activate.csh changes the shell that reads it, so it has to be sourced. Type:  source $1" >&2' sh $_vivarium_script:q
if ($_vivarium_executed) exit 33

# Whatever is active in this shell, of ours or of another tool's making, goes first.
if (1) set _vivarium_active = ("`alias deactivate`")
if ($?_OLD_VIRTUAL_PATH && $#_vivarium_active) eval 'deactivate nondestructive'
if (1) set _vivarium_active = ("`alias _vivarium_leave`")
if ($?_VIVARIUM_ENTRY && $#_vivarium_active) eval _vivarium_leave
# Left over from a shell that exports all it has.
if (1) unsetenv _VIVARIUM_*

# Takes the first entry that is $_vivarium_entry out of $_vivarium_list. csh can take a list apart if it is called PATH.
alias _vivarium_remove '_vivarium_borrow; if (1) set _vivarium_kept = (); if (1) set _vivarium_rest = ($path:q); _vivarium_find; if (1) set path = ($_vivarium_kept:q); if (1) set _vivarium_list = $PATH:q; _vivarium_return'
alias _vivarium_borrow 'if (1) set _vivarium_had = $?PATH; if (1) set _vivarium_path = ""; if ($?PATH) eval _vivarium_lend; if (1) setenv PATH $_vivarium_list:q'
alias _vivarium_lend 'if (1) set _vivarium_path = $PATH:q'
alias _vivarium_return 'if (1) setenv PATH $_vivarium_path:q; if ($_vivarium_had == 0) unsetenv PATH'
alias _vivarium_find 'if ($#_vivarium_rest) eval _vivarium_look'
alias _vivarium_look 'if (x$_vivarium_rest[1]:q == x$_vivarium_entry:q) eval _vivarium_found; if ($#_vivarium_rest) eval _vivarium_pass'
alias _vivarium_found 'if (1) set _vivarium_kept = ($_vivarium_kept:q $_vivarium_rest[2-]:q); if (1) set _vivarium_rest = ()'
alias _vivarium_pass 'if (1) set _vivarium_kept = ($_vivarium_kept:q $_vivarium_rest[1]:q); if (1) shift _vivarium_rest; _vivarium_find'

# Whether $_vivarium_entry is in $_vivarium_list: in $_vivarium_is_there. And the list without all that are equal to it.
alias _vivarium_ask 'if (1) set _vivarium_whole = $_vivarium_list:q; _vivarium_remove; if (1) set _vivarium_is_there = 1; if (x$_vivarium_whole:q == x$_vivarium_list:q) set _vivarium_is_there = 0; if (1) set _vivarium_part = $_vivarium_list:q; if (1) set _vivarium_list = $_vivarium_whole:q'
alias _vivarium_purge '_vivarium_ask; if (1) set _vivarium_list = $_vivarium_part:q; if ($_vivarium_is_there) eval _vivarium_purge'

# What is as activation left it becomes what it was, to the letter. Only a list that was edited is taken apart. Setting
# PATH has these shells look again where commands are.
alias _vivarium_undo 'if (1) set _vivarium_edited = 1; if (x$_vivarium_list:q == x$_vivarium_new:q) set _vivarium_edited = 0; if ($_vivarium_edited) eval _vivarium_repair; if ($_vivarium_edited == 0) set _vivarium_list = $_vivarium_old:q'
# Whatever removes duplicates has lost an equal entry of the user's: it is put at the end again.
alias _vivarium_repair '_vivarium_ask; if (1) set _vivarium_left = $_vivarium_part:q; if (1) set _vivarium_lost = $_vivarium_is_there; if (1) set _vivarium_list = $_vivarium_old:q; _vivarium_ask; if ($_vivarium_is_there == 0) set _vivarium_lost = 0; if (1) set _vivarium_list = $_vivarium_left:q; _vivarium_ask; if ($_vivarium_is_there) set _vivarium_lost = 0; if ($_vivarium_lost) set _vivarium_list = ${_vivarium_list:q}:${_vivarium_entry:q}'

alias _vivarium_leave_path 'if (1) set _vivarium_list = $PATH:q; if (1) set _vivarium_new = $_VIVARIUM_NEW_PATH:q; if (1) set _vivarium_old = $_VIVARIUM_OLD_PATH:q; if (1) set _vivarium_entry = $_VIVARIUM_ENTRY:q; _vivarium_undo; if (1) setenv PATH $_vivarium_list:q; if (x$_vivarium_list:q == x && $_VIVARIUM_HAD_PATH == 0) unsetenv PATH'
alias _vivarium_leave_pkg_config 'if (1) set _vivarium_list = $PKG_CONFIG_PATH:q; if (1) set _vivarium_new = $_VIVARIUM_NEW_PKG:q; if (1) set _vivarium_old = $_VIVARIUM_OLD_PKG:q; if (1) set _vivarium_entry = $_VIVARIUM_PKG:q; _vivarium_undo; if (1) setenv PKG_CONFIG_PATH $_vivarium_list:q; if (x$_vivarium_list:q == x && $_VIVARIUM_HAD_PKG == 0) unsetenv PKG_CONFIG_PATH'
# What was inherited counts only if it names another environment, which commands are still found in.
alias _vivarium_leave_names 'if (1) set _vivarium_is_there = 0; if ($?PATH && x$_VIVARIUM_OLD_ENV:q != x) eval _vivarium_look_up; if (1) setenv VIRTUAL_ENV $_VIVARIUM_OLD_ENV:q; if ($_vivarium_is_there == 0) unsetenv VIRTUAL_ENV; if (1) setenv VIRTUAL_ENV_PROMPT $_VIVARIUM_OLD_NAME:q; if ($_vivarium_is_there == 0 || $_VIVARIUM_HAD_NAME == 0) unsetenv VIRTUAL_ENV_PROMPT'
alias _vivarium_look_up 'if (1) set _vivarium_list = $PATH:q; if (1) set _vivarium_entry = ${_VIVARIUM_OLD_ENV:q}/bin; _vivarium_ask'

# What the user has set in the meantime stays.
alias _vivarium_leave_home 'if ($?PYTHONHOME == 0 && $_VIVARIUM_HAD_HOME) setenv PYTHONHOME $_VIVARIUM_OLD_HOME:q'
alias _vivarium_leave_tcl 'if (x$TCL_LIBRARY:q == x$_VIVARIUM_NEW_TCL:q) eval _vivarium_reset_tcl'
alias _vivarium_reset_tcl 'if (1) setenv TCL_LIBRARY $_VIVARIUM_OLD_TCL:q; if ($_VIVARIUM_HAD_TCL == 0) unsetenv TCL_LIBRARY'
alias _vivarium_leave_tk 'if (x$TK_LIBRARY:q == x$_VIVARIUM_NEW_TK:q) eval _vivarium_reset_tk'
alias _vivarium_reset_tk 'if (1) setenv TK_LIBRARY $_VIVARIUM_OLD_TK:q; if ($_VIVARIUM_HAD_TK == 0) unsetenv TK_LIBRARY'
alias _vivarium_leave_prompt 'if (x$prompt:q == x$_VIVARIUM_NEW_PROMPT:q) set prompt = $_VIVARIUM_OLD_PROMPT:q'

alias _vivarium_take_over 'if (1) set _vivarium_list = $_VIVARIUM_OLD_PATH:q; if (1) set _vivarium_entry = ${_vivarium_place:q}/__VIVARIUM_SCRIPTS__; _vivarium_purge; if (1) set _vivarium_entry = ${_vivarium_place:q}/__VIVARIUM_SCRIPTS__/; _vivarium_purge; if (1) set _VIVARIUM_OLD_PATH = $_vivarium_list:q; if (1) set _vivarium_list = $_VIVARIUM_OLD_PKG:q; if (1) set _vivarium_entry = ${_vivarium_place:q}/lib/pkgconfig; _vivarium_purge; if (1) set _VIVARIUM_OLD_PKG = $_vivarium_list:q; if (x$_VIVARIUM_OLD_PKG:q == x) set _VIVARIUM_HAD_PKG = 0; if (1) set _VIVARIUM_OLD_ENV = ""'

alias _vivarium_leave 'if ($?PATH) eval _vivarium_leave_path; if ($?PKG_CONFIG_PATH) eval _vivarium_leave_pkg_config; _vivarium_leave_names; _vivarium_leave_home; if ($?TCL_LIBRARY && $?_VIVARIUM_NEW_TCL) eval _vivarium_leave_tcl; if ($?TK_LIBRARY && $?_VIVARIUM_NEW_TK) eval _vivarium_leave_tk; if ($?prompt && $?_VIVARIUM_NEW_PROMPT) eval _vivarium_leave_prompt; if ($?_VIVARIUM_PYTHON) unalias pydoc; if (1) unset _VIVARIUM_* _vivarium_* _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PROMPT _OLD_VIRTUAL_PYTHONHOME _OLD_PKG_CONFIG_PATH'
alias deactivate '_vivarium_leave; unalias _vivarium_* deactivate'

# What this file was written for. Both shells change what stands in a prompt when they draw it, each in its own way.
if (1) set _VIVARIUM_HAD_ENV = $?VIRTUAL_ENV
if (1) set _VIVARIUM_OLD_ENV = ''
if ($?VIRTUAL_ENV) eval 'if (1) set _VIVARIUM_OLD_ENV = $VIRTUAL_ENV:q'
# Tools that move environments rewrite the second of these lines.
if (1) \
setenv VIRTUAL_ENV __VIVARIUM_DESTINATION__
if (1) set _vivarium_place = $VIRTUAL_ENV:q
if (1) set _vivarium_name = __VIVARIUM_NAME__
if (1) set _vivarium_tcl = __VIVARIUM_TCL__
if (1) set _vivarium_tk = __VIVARIUM_TK__
if (1) set _vivarium_prefix = __VIVARIUM_CSHPREFIX__
if ($?tcsh) set _vivarium_prefix = __VIVARIUM_TCSHPREFIX__

if (-d ${_vivarium_place:q}/__VIVARIUM_SCRIPTS__) then
  if (1) set _VIVARIUM_HAD_PATH = $?PATH
  if (1) set _VIVARIUM_HAD_PKG = $?PKG_CONFIG_PATH
  if (1) set _VIVARIUM_HAD_NAME = $?VIRTUAL_ENV_PROMPT
  if (1) set _VIVARIUM_HAD_HOME = $?PYTHONHOME
  if (1) set _VIVARIUM_HAD_TCL = $?TCL_LIBRARY
  if (1) set _VIVARIUM_HAD_TK = $?TK_LIBRARY
  if (1) set _VIVARIUM_OLD_PATH = ''
  if (1) set _VIVARIUM_OLD_PKG = ''
  if (1) set _VIVARIUM_OLD_NAME = ''
  if (1) set _VIVARIUM_OLD_HOME = ''
  if (1) set _VIVARIUM_OLD_TCL = ''
  if (1) set _VIVARIUM_OLD_TK = ''
  if ($?PATH) eval 'if (1) set _VIVARIUM_OLD_PATH = $PATH:q'
  if ($?PKG_CONFIG_PATH) eval 'if (1) set _VIVARIUM_OLD_PKG = $PKG_CONFIG_PATH:q'
  if ($?VIRTUAL_ENV_PROMPT) eval 'if (1) set _VIVARIUM_OLD_NAME = $VIRTUAL_ENV_PROMPT:q'
  if ($?PYTHONHOME) eval 'if (1) set _VIVARIUM_OLD_HOME = $PYTHONHOME:q'
  if ($?TCL_LIBRARY) eval 'if (1) set _VIVARIUM_OLD_TCL = $TCL_LIBRARY:q'
  if ($?TK_LIBRARY) eval 'if (1) set _VIVARIUM_OLD_TK = $TK_LIBRARY:q'

  # A shell above has activated this very environment: what it did is this activation's to take back.
  if (x$_VIVARIUM_OLD_ENV:q == x$_vivarium_place:q || x$_VIVARIUM_OLD_ENV:q == x${_vivarium_place:q}/) eval _vivarium_take_over

  # By these names the scripts of virtualenv and of the venv module, sourced on top, put back what was there.
  if ($?PATH) set _OLD_VIRTUAL_PATH = $_VIVARIUM_OLD_PATH:q
  if ($?prompt) eval 'if (1) set _OLD_VIRTUAL_PROMPT = $prompt:q'
  if ($?PYTHONHOME) set _OLD_VIRTUAL_PYTHONHOME = $_VIVARIUM_OLD_HOME:q
  if (1) set _OLD_PKG_CONFIG_PATH = $_VIVARIUM_OLD_PKG:q

  if (1) setenv VIRTUAL_ENV_PROMPT $_vivarium_name:q

  if (1) set _VIVARIUM_ENTRY = ${_vivarium_place:q}/__VIVARIUM_SCRIPTS__
  if (1) set _VIVARIUM_NEW_PATH = $_VIVARIUM_ENTRY:q
  if (x$_VIVARIUM_OLD_PATH:q != x) set _VIVARIUM_NEW_PATH = ${_VIVARIUM_ENTRY:q}:${_VIVARIUM_OLD_PATH:q}
  if (1) setenv PATH $_VIVARIUM_NEW_PATH:q

  if (1) set _VIVARIUM_PKG = ${_vivarium_place:q}/lib/pkgconfig
  if (1) set _VIVARIUM_NEW_PKG = $_VIVARIUM_PKG:q
  if (x$_VIVARIUM_OLD_PKG:q != x) set _VIVARIUM_NEW_PKG = ${_VIVARIUM_PKG:q}:${_VIVARIUM_OLD_PKG:q}
  if (1) setenv PKG_CONFIG_PATH $_VIVARIUM_NEW_PKG:q

  if (1) unsetenv PYTHONHOME

  # Where Tk looks for its scripts, for a Python that would not find them itself.
  if (x$_vivarium_tcl:q != x) set _VIVARIUM_NEW_TCL = $_vivarium_tcl:q
  if (x$_vivarium_tcl:q != x) set _VIVARIUM_NEW_TK = $_vivarium_tk:q
  if (x$_vivarium_tcl:q != x) setenv TCL_LIBRARY $_vivarium_tcl:q
  if (x$_vivarium_tcl:q != x) setenv TK_LIBRARY $_vivarium_tk:q

  # Only a shell that someone types at has a prompt.
  if (1) set _vivarium_hidden = ''
  if ($?VIRTUAL_ENV_DISABLE_PROMPT) eval 'if (1) set _vivarium_hidden = $VIRTUAL_ENV_DISABLE_PROMPT:q'
  if ($?prompt && x$_vivarium_hidden:q == x) eval 'if (1) set _VIVARIUM_OLD_PROMPT = $prompt:q'
  if ($?_VIVARIUM_OLD_PROMPT) eval 'if (1) set _VIVARIUM_NEW_PROMPT = ${_vivarium_prefix:q}${_VIVARIUM_OLD_PROMPT:q}'
  if ($?_VIVARIUM_NEW_PROMPT) eval 'if (1) set prompt = $_VIVARIUM_NEW_PROMPT:q'

  if (1) set _vivarium_pydoc = ("`alias pydoc`")
  if ($#_vivarium_pydoc == 0) set _VIVARIUM_PYTHON = ${_vivarium_place:q}/__VIVARIUM_PYTHON__
  if ($?_VIVARIUM_PYTHON) alias pydoc '$_VIVARIUM_PYTHON:q -m pydoc'

  # These shells remember where commands are when PATH is set, and don't find those that are installed later.
  if (1) unhash
else
  /bin/sh -c 'printf "%s\n" "activate.csh: there is no environment in $1. If it was moved, this shell cannot tell where to." >&2' sh $_vivarium_place:q
  if (1) setenv VIRTUAL_ENV $_VIVARIUM_OLD_ENV:q
  if ($_VIVARIUM_HAD_ENV == 0) unsetenv VIRTUAL_ENV
  if (1) unset _VIVARIUM_*
  unalias _vivarium_* deactivate
endif

if (1) unset _vivarium_*
if ($?_VIVARIUM_ENTRY == 0) /bin/sh -c 'exit 1'
