# Completion of vivarium in bash:  eval "$(vivarium completion bash)"
# What can follow is asked of vivarium itself, so that it knows the options of the plugins which the line names.

_vivarium() {
    local words=() count=0 in_value='' word wants line
    local -i i
    # bash takes `--creator=x` apart at the `=`.
    for (( i = 1; i <= COMP_CWORD; i++ )); do
        word=${COMP_WORDS[i]}
        if [[ $word == '=' && $count -gt 0 ]]; then
            words[count - 1]+='='
            in_value=1
        elif [[ $in_value && ${COMP_WORDS[i - 1]} == '=' ]]; then
            words[count - 1]+=$word
            in_value=''
        else
            words[count]=$word
            count=$(( count + 1 ))
            in_value=''
        fi
    done
    local current=${words[count - 1]} before=''
    if [[ $current == --*=* ]]; then
        before=${current%%=*}=
        current=${current#*=}
    fi

    COMPREPLY=()
    {
        IFS= read -r wants
        while IFS= read -r line; do
            line=${line%%$'\t'*}
            COMPREPLY+=( "${line#"$before"}" )
        done
    } < <("$1" complete -- "${words[@]}" 2> /dev/null)
    case $wants in
        files | directories)
            compopt -o filenames 2> /dev/null
            local kind=-f
            [[ $wants == directories ]] && kind=-d
            while IFS= read -r line; do
                COMPREPLY+=( "$line" )
            done < <(compgen "$kind" -- "$current")
            ;;
    esac
}

complete -F _vivarium vivarium
