# Completion of {program} for fish; printed by '{program} completion fish'.
function __{function}_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    # fish quotes what it inserts.
    set -l text (string unescape -- "$current" | string collect --allow-empty)
    set -l lines (command {program} complete fish $words "$text" </dev/null 2>/dev/null)
    switch "$lines[1]"
        case :files
            __fish_complete_path "$current"
        case :folders
            __fish_complete_directories "$current"
        case '*'
            set -e lines[1]
            string join \n -- $lines
    end
end
# In the order of the program, which puts required arguments first.
complete -c {program} -f -k -a '(__{function}_complete)'
