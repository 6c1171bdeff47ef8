#!/bin/sh
# Keeps the translation files in step with the texts in the code.
#
#   installer/translations.sh update    add new texts to resources/i18n/*.ts, drop those that are gone
#   installer/translations.sh check     fail if that would change anything, or if a text is untranslated
set -eu
cd "$(dirname "$0")/.."

extract() {
    .venv/bin/pyside6-lupdate -silent -extensions py -no-obsolete -locations none desktop widgets -ts "$1"
}

check() {
    copy=$(mktemp --suffix=.ts)
    cp "$1" "$copy"
    extract "$copy"
    fault=""
    diff -u "$1" "$copy" || fault="is out of step with the code; make translations brings it up to date"
    ! grep -q 'type="unfinished"' "$1" || fault="has texts without a translation"
    rm -f "$copy"
    [ -z "$fault" ] || { echo "$1 $fault" >&2; return 1; }
}

status=0
for file in resources/i18n/*.ts; do
    [ -e "$file" ] || continue
    case ${1:-} in
        update) extract "$file" ;;
        check)  check "$file" || status=1 ;;
        *)      echo "usage: installer/translations.sh update|check" >&2; exit 2 ;;
    esac
done
exit "$status"
