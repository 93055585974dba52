# Completion of vivarium in fish:  vivarium completion fish | source
# What can follow is asked of vivarium itself, so that it knows the options of the plugins which the line names.

function __vivarium_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] complete -- $words[2..] "$current" 2>/dev/null)
    printf '%s\n' $lines[2..]
    switch "$lines[1]"
        case files
            __fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current")
        case directories
            __fish_complete_directories (string replace -r -- '^--[^=]*=' '' "$current")
    end
end

complete -c vivarium -f -a '(__vivarium_complete)'
