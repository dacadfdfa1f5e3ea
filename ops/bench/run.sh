# Sourced by scripts that run a Java class of the bench with what the build found.
# run_java USAGE_FILE PROFILES OPTIONS MAIN ARGUMENTS…: --help prints the usage of the class without building anything.
run_java() {
  local usage=$1 profiles=$2 options=$3 main=$4
  shift 4
  case " $* " in
    *' --help '* | *' -h '*) usage_of "$usage"; exit 0 ;;
  esac
  mvn -q -ntp -pl ops/bench -am -P"$profiles" process-classes ${BENCH_MAVEN_ARGUMENTS:-}
  # shellcheck disable=SC2086 # options are several words
  exec "$(value java)" -Duser.timezone=UTC -Daxoniq.update-checker.disabled=true \
    -Dslf4j.internal.verbosity=ERROR "-Dbench.commit=$(commit)" $options \
    -cp "$(value classpath)" "$main" "$@"
}

# value NAME [MODULE]: what the build of the module (ops/bench) wrote down.
value() { sed -n "s/^$1=//p" "${2:-ops/bench}/target/command-line"; }

# The measured code. A page that a bench wrote before changes none of it.
commit() {
  local head
  head=$(git rev-parse --short=12 HEAD 2>/dev/null) || { echo unknown; return; }
  [ -z "$(git status --porcelain -- . ':!ops/docs')" ] || head="$head with local changes"
  echo "$head"
}

# The text block USAGE of a Java file.
usage_of() { sed -n '/USAGE = """/,/"""/p' "$1" | sed '1d; s/^        //; s/^"""\(;\|\)$//; s/\\$//' ; }
