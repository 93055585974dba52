#compdef vivarium
# Completion of vivarium in zsh:  eval "$(vivarium completion zsh)"  after compinit, or as a file `_vivarium` in fpath.
# What can follow is asked of vivarium itself, so that it knows the options of the plugins which the line names.

_vivarium() {
    local -a lines values shown
    local line wants
    lines=( "${(@f)$("${(Q)words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2> /dev/null)}" )
    wants=${lines[1]}
    for line in "${(@)lines[2,-1]}"; do
        values+=( "${line%%$'\t'*}" )
        shown+=( "${line/$'\t'/  -- }" )
    done
    (( $#values )) && compadd -l -d shown -a -- values
    case $wants in
        files)
            compset -P '--*='
            _files
            ;;
        directories)
            compset -P '--*='
            _files -/
            ;;
    esac
}

if [[ ${funcstack[1]} == _vivarium ]]; then
    _vivarium "$@"
else
    compdef _vivarium vivarium
fi
