"""Adds up the reports of surefire and failsafe and prints one closing line; fails when nothing ran."""

import glob
import sys
import xml.etree.ElementTree as ET

passed = failed = skipped = 0
for report in sorted(
    glob.glob("modules/*/target/surefire-reports/TEST-*.xml")
    + glob.glob("modules/*/target/failsafe-reports/TEST-*.xml")
):
    suite = ET.parse(report).getroot()
    tests, bad, skip = (
        int(suite.get("tests", 0)),
        int(suite.get("failures", 0)) + int(suite.get("errors", 0)),
        int(suite.get("skipped", 0)),
    )
    passed += tests - bad - skip
    failed += bad
    skipped += skip
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(0 if passed and not failed else 1)
