"""One document: the record, what can be asked of it, and why there is none."""

import io
import json
import pickle
import shutil
from pathlib import Path

import findings
import pytest
from conftest import CORPUS

LETTER = CORPUS / "ilacs" / "ashmoor-2023-06-16.pdf"


def test_a_record_is_a_dict_whose_keys_are_attributes() -> None:
    record = findings.read(LETTER)
    assert isinstance(record, dict)
    assert record["inspection"]["start"] == record.inspection.start == "2023-04-24"
    assert [j.grade for j in record.judgements][:2] == ["outstanding", "good"]
    assert record.sections[0].blocks[0].type == "paragraph"
    # A change by key is visible as an attribute.
    record.inspection["theme"] = "care leavers"
    assert record["inspection"]["theme"] == "care leavers"
    with pytest.raises(AttributeError, match="'strat'.*framework"):
        record.inspection.strat  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"\['start'\]"):
        record.inspection.start = "2023-04-25"


def test_what_a_record_leaves_out_is_none() -> None:
    evidence = findings.read(LETTER).evidence("/published")
    assert evidence is not None
    assert (evidence.status, evidence.quote, evidence.spans) == ("not-stated", None, None)


def test_evidence_of_a_part_is_its_own_or_its_items() -> None:
    record = findings.read(LETTER)
    start = record.evidence("/inspection/start")
    assert start is not None and start.spans
    assert start.quote == "24 April to 5 May 2023"
    assert (start.spans[0].page, len(start.spans[0].bbox or [])) == (1, 4)
    assert record.evidence("/judgements/0/rank") == record["evidence"]["/judgements/0"]
    assert record.evidence("/document/pages") is None
    # What the record leaves out, and parts of what the document does not have, are no mistakes.
    assert record.evidence("/improvements/0/number") == record["evidence"]["/improvements/0"]
    assert record.evidence("/provider/ids/ons") is not None


@pytest.mark.parametrize("pointer", ["/inspection/strat", "inspection/start", "inspection.start"])
def test_a_pointer_that_leads_nowhere_is_asked_about(pointer: str) -> None:
    with pytest.raises(KeyError, match="did you mean '/inspection/start'"):
        findings.read(LETTER).evidence(pointer)
    with pytest.raises(KeyError, match="by its JSON Pointer"):
        findings.read(LETTER).evidence("/qqqq")


def test_a_folder_is_scanned_and_not_read() -> None:
    with pytest.raises(findings.UnreadableError, match=r"this is a folder; findings\.scan\('.*bad'\)"):
        findings.read(CORPUS / "bad")


def test_path_bytes_and_file_give_the_same_but_for_the_name() -> None:
    content = LETTER.read_bytes()
    by_path = findings.read(str(LETTER))
    with LETTER.open("rb") as file:
        by_file = findings.read(file)
    assert by_path.json() == by_file.json() == findings.read(content, name=str(LETTER)).json()
    assert findings.read(content).document.source == findings.read(io.BytesIO(content)).document.source == "-"
    with LETTER.with_suffix(".label.json").open() as text, pytest.raises(TypeError, match="binary"):
        findings.read(text)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not int"):
        findings.read(7)  # type: ignore[arg-type]


def test_doubts_are_those_of_the_command() -> None:
    doubts = findings.read(LETTER).doubts
    assert [(d.code, d.pointer, d.page) for d in doubts][0] == ("area-not-found", "/provider/name", 1)


def test_a_record_prints_what_people_want_to_know() -> None:
    record = findings.read(LETTER)
    assert repr(record) == f"<Record: {LETTER}, ofsted.ilacs.inspection 2023>"
    assert "inspection   standard, 2023-04-24 to 2023-05-05" in str(record).splitlines()
    assert "<td>leadership: outstanding</td>" in record._repr_html_()


def test_records_and_exceptions_survive_pickling() -> None:
    record = findings.read(LETTER)
    copy = pickle.loads(pickle.dumps(record))
    assert type(copy) is findings.Record and copy == record
    with pytest.raises(findings.EncryptedError) as raised:
        findings.read(CORPUS / "bad" / "password.pdf")
    copy = pickle.loads(pickle.dumps(raised.value))
    assert (type(copy), copy.code, str(copy)) == (findings.EncryptedError, "encrypted", str(raised.value))


@pytest.mark.parametrize(
    ("name", "exception", "code"),
    [
        ("missing.pdf", findings.NotFoundError, "not-found"),
        ("bad", findings.UnreadableError, "unreadable"),
        ("bad/report-not-found.pdf", findings.NotAReportFileError, "not-a-report-file"),
        ("bad/password.pdf", findings.EncryptedError, "encrypted"),
        ("bad/no-pages.pdf", findings.DamagedError, "damaged"),
        ("bad/press-article.pdf", findings.UnknownFormatError, "unknown-format"),
    ],
)
def test_each_code_has_its_exception(name: str, exception: type[findings.FindingsError], code: str) -> None:
    with pytest.raises(exception, match=code) as raised:
        findings.read(CORPUS / name)
    assert (raised.value.code, raised.value.document["source"]) == (code, str(CORPUS / name))
    assert raised.value.message


def test_options_are_those_of_the_command() -> None:
    with pytest.raises(findings.NoTextError):
        findings.read(CORPUS / "bad" / "image-only.pdf", ocr="never")
    with pytest.raises(findings.TooLargeError):
        findings.read(bytes((2 << 20) + 1), max_mb=2)
    with pytest.raises(ValueError, match="invalid value '0' for jobs: 0 is not in"):
        findings.read(LETTER, jobs=0)
    with pytest.raises(TypeError, match="no option 'speed'.*jobs"):
        findings.read(LETTER, speed=2)  # type: ignore[call-arg]


def test_locked_documents_open_with_their_password(tmp_path: Path) -> None:
    locked = CORPUS / "bad" / "password.pdf"
    record = findings.read(locked, password="opensesame")
    (tmp_path / "password").write_text("opensesame\n")
    assert findings.read(locked, password_file=tmp_path / "password") == record
    with pytest.raises(findings.EncryptedError, match="is wrong. Give the right one with password"):
        findings.read(locked, password="sesame")
    with pytest.raises(ValueError, match="password_file cannot be used with|cannot be used with password"):
        findings.read(locked, password="opensesame", password_file=tmp_path / "password")


def test_show_draws_the_pages_in_a_worker(tmp_path: Path) -> None:
    record = findings.read(LETTER)
    page = record.show()
    assert page.html.count("data:image/") >= record.document.pages
    page.save(tmp_path / "letter.html")
    assert (tmp_path / "letter.html").read_text("utf-8") == page.html
    assert page._repr_html_().startswith("<iframe srcdoc=")
    with pytest.raises(ValueError, match="not the document"):
        record.show(b"another")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract-ocr")
def test_scans_are_recognised() -> None:
    record = findings.read(CORPUS / "scans" / "wexcombe-2022-11-18.pdf")
    assert (record.document.text_layer, record.letter and record.letter.date) == ("ocr", "2022-11-18")


def test_schemas_formats_and_validation() -> None:
    record = findings.read(LETTER)
    assert findings.validate(record, strict=True) == findings.validate(record.json()) == []
    record["inspection"]["start"] = "24 April"
    [problem] = findings.validate(record)
    assert (problem.pointer, problem.found) == ("/inspection/start", '"24 April"')
    assert str(problem).startswith("/inspection/start: expected ")
    with pytest.raises(ValueError, match="not valid JSON"):
        findings.validate("{")
    published = json.loads((CORPUS.parent / "schemas/v1/inspection-report.schema.json").read_text("utf-8"))
    assert findings.schema() == findings.schema(published["$id"]) == published
    with pytest.raises(ValueError, match="the schemas are inspection-report"):
        findings.schema("memo")
    [ilacs] = [f for f in findings.formats() if f.id == "ofsted.ilacs.inspection"]
    assert "2023" in [e.id for e in ilacs.editions] and ilacs.plugin is None
