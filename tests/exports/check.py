"""Second opinions on what a collation leaves as: frictionless, DuckDB, LibreOffice. `cargo xtask test` runs it.

    check.py COLLATION EXPECTED.json ANALYSIS.md

EXPECTED.json is what the generator says that the files come to; the files are in `returns` beside it.
"""

import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

NOT_NUMBERS = {"", "not known", "not applicable", "*"}


def by_date(expected):
    """What the generator says of staff absent because of the action, by date."""
    sums = {}
    for row in expected["totals"]["workforce_sitrep"]["all"]["rows"]:
        figure = row["figures"].get("absent_ia")
        if figure:
            sums[row["keys"][0]] = sums.get(row["keys"][0], 0) + figure["sum"]
    return sums


def package(folder):
    from frictionless import validate

    report = validate(str(folder / "csv" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    print(f"frictionless: {len(report.tasks)} tables are valid")


def duckdb_examples(folder, expected, analysis, returns):
    import duckdb

    block, raw = re.findall(r"```sql\n(.*?)```", analysis.read_text(), re.S)
    os.chdir(folder)
    missing, absent, summed = (
        duckdb.sql(query).fetchall() for query in block.split(";") if query.strip()
    )
    wanted = sum(
        own["expected"] and own["status"] == "missing" for own in expected["returns"]
    )
    assert sum(count for _, count in missing) == wanted, (missing, wanted)
    assert {str(row[0]): row[1] for row in absent} == by_date(expected), absent
    assert {str(date): total for date, total in summed} == by_date(expected), summed
    found = duckdb.sql(raw.replace("received/", f"{returns}/")).fetchall()
    sealed = {"counts", "replaced", "fork", "late"}
    least = sum(own["becomes"] in sealed for own in expected["files"])
    assert len(found) >= least, (len(found), least)
    print("DuckDB: the examples give what the generator says")


def workbook(folder, expected):
    program = shutil.which("soffice")
    if not program:
        print("SKIPPED: LibreOffice is not here: install libreoffice-calc")
        return
    with tempfile.TemporaryDirectory() as place:
        # Every sheet as CSV (-1), as it is shown and not as it is typed.
        form = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
        subprocess.run(
            [program, f"-env:UserInstallation=file://{place}/profile", "--headless",
             "--convert-to", form, "--outdir", place, str(folder / "collation.xlsx")],
            check=True, capture_output=True, timeout=300,
        )
        (sheet,) = pathlib.Path(place).glob("*-Totals.csv")
        with open(sheet, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    found = {
        row["Entry, by id"]: int(row["Total"].replace(",", ""))
        for row in rows
        if row["Return, by id"] == "workforce_sitrep" and row["Figure, by id"] == "absent_ia"
        and row["Divided by"] == "strike_date" and row["Kind of area"] == "all"
    }
    assert found == by_date(expected), found
    print("LibreOffice: the workbook opens with the right totals")


def formulas(folder):
    import zipfile

    with zipfile.ZipFile(folder / "collation.xlsx") as book:
        for name in book.namelist():
            assert b"<f>" not in book.read(name) and b"<f " not in book.read(name), name
            assert "macro" not in name.lower() and "externalLink" not in name, name
    print("workbook: no formula")


def main():
    folder, expected, analysis = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
    returns = expected.parent / "returns"
    expected = json.loads(expected.read_text())
    package(folder)
    duckdb_examples(folder, expected, analysis, returns)
    formulas(folder)
    workbook(folder, expected)


main()
