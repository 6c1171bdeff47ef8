#!/bin/sh
# Brings the translation files into step with the texts in the code: adds new texts, drops those that are gone. That none
# is missing or untranslated is a matter of tests/desktop/test_translations.py.
set -eu
cd "$(dirname "$0")/.."

for file in resources/i18n/*.ts; do
    .venv/bin/pyside6-lupdate -silent -extensions py -no-obsolete -locations none desktop widgets -ts "$file"
done
