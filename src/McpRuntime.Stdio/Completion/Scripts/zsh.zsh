#compdef mcp-runtime
# Completion of mcp-runtime for zsh; printed by 'mcp-runtime completion zsh'.
_mcp-runtime() {
  local -a lines values shown
  local line width=0
  # (Q) removes quotes and runs nothing; compadd quotes what it inserts.
  lines=("${(@f)$(command mcp-runtime complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" </dev/null 2>/dev/null)}")
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
if [ "$funcstack[1]" = "_mcp-runtime" ]; then
  _mcp-runtime "$@"
else
  compdef _mcp-runtime mcp-runtime
fi
