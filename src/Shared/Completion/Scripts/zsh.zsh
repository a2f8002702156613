#compdef {program}
# Completion of {program} for zsh; printed by '{program} completion zsh'.
_{program}() {
  local -a lines values shown
  local line width=0
  # (Q) removes quotes and runs nothing; compadd quotes what it inserts.
  lines=("${(@f)$(command {program} complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" </dev/null 2>/dev/null)}")
  case $lines[1] in
    (:files) _files; return ;;
    (:folders) _files -/; return ;;
  esac
  for line in "${(@)lines[2,-1]}"; do
    values+=("${line%%$'\t'*}")
    (( ${#values[-1]} > width )) && width=${#values[-1]}
  done
  for line in "${(@)lines[2,-1]}"; do
    shown+=("${(r:width:)${line%%$'\t'*}}  ${line#*$'\t'}")
  done
  # After NAME= its value follows, and required arguments are first.
  if [[ $values[1] == *= ]]; then
    compadd -V arguments -S '' -l -d shown -a values
  elif (( $#values )); then
    compadd -l -d shown -a values
  fi
}
# Autoloaded from a folder of $fpath it is the function itself; sourced it has to be registered.
if [ "$funcstack[1]" = "_{program}" ]; then
  _{program} "$@"
else
  compdef _{program} {program}
fi
