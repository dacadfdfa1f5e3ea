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
    -Dslf4j.internal.verbosity=ERROR $options \
    -cp "$(value classpath)" "$main" "$@"
}

value() { sed -n "s/^$1=//p" ops/bench/target/command-line; }

# The text block USAGE of a Java file.
usage_of() { sed -n '/USAGE = """/,/"""/p' "$1" | sed '1d; s/^        //; s/^"""\(;\|\)$//; s/\\$//' ; }
