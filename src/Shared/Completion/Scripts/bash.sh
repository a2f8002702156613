# Completion of {program} for bash; printed by '{program} completion bash'.
_{function}() {
  local kind= value
  COMPREPLY=()
  # The program reads the line as bash would, without running anything of it, and quotes what it suggests.
  while IFS= read -r value; do
    if [ -z "$kind" ]; then
      kind=$value
    else
      COMPREPLY[${#COMPREPLY[@]}]=$value
    fi
  done <<<"$(command {program} complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" </dev/null 2>/dev/null)"
  # After NAME= its value follows, and required arguments are first.
  case ${COMPREPLY[0]-} in
    *=)
      compopt -o nospace 2>/dev/null
      compopt -o nosort 2>/dev/null
      ;;
  esac
  # bash itself completes paths; bash 3 cannot turn that off for the rest.
  case $kind in
    :files) ;;
    :folders) compopt +o default -o dirnames 2>/dev/null ;;
    *) compopt +o default 2>/dev/null ;;
  esac
  return 0
}
complete -o default -F _{function} {program}
