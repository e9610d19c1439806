# Finds a JDK 25 or newer and exports JAVA_HOME, and sees to it that file names may have letters of
# all scripts. Sourced by ./mvnw and ./stemfleet (POSIX sh).
# Order: JAVA_HOME, java on the PATH, the system's JVM folder, SDKMAN, ~/.jdks, macOS.
stemfleet_jdk_wanted=25

stemfleet_jdk_ok() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  stemfleet_jdk_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${stemfleet_jdk_major:-0}" -ge "$stemfleet_jdk_wanted" ]
}

stemfleet_find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && stemfleet_jdk_ok "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  stemfleet_on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$stemfleet_on_path" ]; then
    stemfleet_on_path=$(readlink -f "$stemfleet_on_path" 2>/dev/null || echo "$stemfleet_on_path")
    stemfleet_on_path=$(dirname "$(dirname "$stemfleet_on_path")")
  fi
  # Globs that match nothing stay as they are and fail stemfleet_jdk_ok. mvnw runs with "set -f".
  set +f
  for stemfleet_jdk in "$stemfleet_on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$stemfleet_jdk" ] && stemfleet_jdk_ok "$stemfleet_jdk"; then
      JAVA_HOME=$stemfleet_jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "stemfleet: no JDK $stemfleet_jdk_wanted or newer found. Install one (for example Eclipse Temurin 25: https://adoptium.net) or set JAVA_HOME to it." >&2
  return 1
}

# Java names files in the locale's encoding: without UTF-8 a title in Greek or with an emoji cannot
# be a file. Containers, cron and ssh often set no locale at all.
case ${LC_ALL:-${LC_CTYPE:-${LANG-}}} in
*[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) ;;
*)
  LC_ALL=C.UTF-8
  export LC_ALL
  ;;
esac
