# Enter:  . bin/activate.__NAME__
# Leave:  deactivate
#
# A start, in the language of POSIX shells. The placeholders become words of the language, quoted: they never stand
# inside quotes themselves.

# Whatever is active in this shell goes first.
if [ -n "${_VIVARIUM_SCRIPTS:-}" ]; then
    deactivate
fi

deactivate () {
    # Takes its own entry out of PATH, wherever it is now, and leaves the rest as it finds it.
    _vivarium_path=":$PATH:"
    case $_vivarium_path in
        *:"$_VIVARIUM_SCRIPTS":*)
            _vivarium_path="${_vivarium_path%%:"$_VIVARIUM_SCRIPTS":*}:${_vivarium_path#*:"$_VIVARIUM_SCRIPTS":}"
            ;;
    esac
    _vivarium_path=${_vivarium_path#:}
    PATH=${_vivarium_path%:}
    unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT _VIVARIUM_SCRIPTS _vivarium_path
    unset -f deactivate
}

_VIVARIUM_SCRIPTS=__VIVARIUM_SCRIPTS__
VIRTUAL_ENV=__VIVARIUM_DESTINATION__
VIRTUAL_ENV_PROMPT=__VIVARIUM_NAME__
PATH="$_VIVARIUM_SCRIPTS:$PATH"
export VIRTUAL_ENV VIRTUAL_ENV_PROMPT PATH
