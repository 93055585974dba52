# Enter:  . bin/activate.previous
# Leave:  deactivate
#
# A start, in the language of POSIX shells. The placeholders become words of the language, quoted: they never stand
# inside quotes themselves.

# Whatever is active in this shell is deactivated first.
if [ -n "${_VIVARIUM_SCRIPTS:-}" ]; then
    deactivate
fi

# Leaves in _vivarium_path what is $1 without the entry $2.
_vivarium_without () {
    _vivarium_path=":$1:"
    case $_vivarium_path in
        *:"$2":*) _vivarium_path="${_vivarium_path%%:"$2":*}:${_vivarium_path#*:"$2":}" ;;
    esac
    _vivarium_path=${_vivarium_path#:}
    _vivarium_path=${_vivarium_path%:}
}

deactivate () {
    # Takes its own entry out of PATH, wherever it is now, and leaves the rest as it finds it. An equal entry of the
    # user's that was removed as a duplicate is put back.
    _vivarium_without "$PATH" "$_VIVARIUM_SCRIPTS"
    case ":$_VIVARIUM_OLD_PATH:,:$PATH:,:$_vivarium_path:" in
        *:"$_VIVARIUM_SCRIPTS":*,*,*:"$_VIVARIUM_SCRIPTS":*) ;;
        *:"$_VIVARIUM_SCRIPTS":*,*:"$_VIVARIUM_SCRIPTS":*,*) _vivarium_path=$_vivarium_path:$_VIVARIUM_SCRIPTS ;;
    esac
    PATH=$_vivarium_path
    unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
    # What was inherited counts only if it names another environment, which commands are still found in.
    case $_VIVARIUM_OUTER:$PATH: in
        :*) ;;
        *:"$_VIVARIUM_OUTER/bin":*)
            VIRTUAL_ENV=$_VIVARIUM_OUTER VIRTUAL_ENV_PROMPT=$_VIVARIUM_OUTER_PROMPT
            export VIRTUAL_ENV VIRTUAL_ENV_PROMPT
            ;;
    esac
    # Children see a PATH that this shell alone had no longer.
    case $_VIVARIUM_EXPORTED in
        no) unset PATH; PATH=$_vivarium_path ;;
    esac
    unset _VIVARIUM_SCRIPTS _VIVARIUM_OLD_PATH _VIVARIUM_OUTER _VIVARIUM_OUTER_PROMPT _VIVARIUM_EXPORTED _vivarium_path
    unset -f deactivate _vivarium_without
}

_VIVARIUM_SCRIPTS=__VIVARIUM_SCRIPTS__
_VIVARIUM_OUTER=${VIRTUAL_ENV:-} _VIVARIUM_OUTER_PROMPT=${VIRTUAL_ENV_PROMPT:-}
_VIVARIUM_EXPORTED=no
case $(export -p) in *"export PATH="*) _VIVARIUM_EXPORTED=yes ;; esac

VIRTUAL_ENV=__VIVARIUM_DESTINATION__
VIRTUAL_ENV_PROMPT=__VIVARIUM_NAME__
# A shell above has activated this very environment: what it did is this activation's to take back.
if [ "$_VIVARIUM_OUTER" = "$VIRTUAL_ENV" ]; then
    _vivarium_without "$PATH" "$_VIVARIUM_SCRIPTS"
    PATH=$_vivarium_path
    _VIVARIUM_OUTER=
fi
_VIVARIUM_OLD_PATH=$PATH
PATH="$_VIVARIUM_SCRIPTS:$PATH"
export VIRTUAL_ENV VIRTUAL_ENV_PROMPT PATH
