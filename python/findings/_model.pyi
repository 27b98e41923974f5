"""Made from the schemas by tools/model.py; not to be changed by hand."""

from typing import Any, Literal

from ._fields import Fields

OPTIONAL: frozenset[str]


class DocumentInfo(Fields):
    """The file that was read."""

    source: str
    """The file as given on the command line; `-` for standard input."""
    sha256: str
    """SHA-256 of the file's bytes, 64 hexadecimal digits; empty if they could not be read."""
    bytes: int
    """Size in bytes."""
    media_type: str
    """Media type determined from the bytes, for example `application/pdf`."""
    pages: int
    """Number of pages; 1 for plain text without form feeds."""
    title: str | None
    """The PDF's title property. Often an unfilled template, so never used for a field."""
    producer: str | None
    """The program that made the PDF."""
    created: str | None
    """Creation date of the PDF (ISO 8601)."""
    text_layer: str
    """Where the text came from: `native`, `ocr`, `mixed` or `plain-text`."""
    words: WordCount
    """How many words of the text layer are in each part of the document."""
    part: DocumentPart | None
    """Which of several documents in the file this is; absent if the file holds only one."""


class WordCount(Fields):
    """Counts of the words of the text layer. Each word belongs to exactly one of five parts."""

    total: int
    """Words of the text layer."""
    sections: int
    """Words in `sections`."""
    front: int
    """Words of the title block, letterhead, front table and signatures."""
    notes: int
    """Words of footnotes."""
    furniture: int
    """Words of running headers and footers, page numbers, contents page and back page."""
    unread: int
    """Words of the title block, letterhead, front table and signatures that were not read; not counted in `front`."""


class DocumentPart(Fields):
    """One of several documents in a file."""

    number: int
    """Which one it is, from 1."""
    of: int
    """How many there are."""
    first_page: int
    """The page of the file that it begins on, from 1."""
    last_page: int
    """The page of the file that it ends on."""


class FormatRef(Fields):
    """The format a document was read as, and the layout of it."""

    id: str
    """Format id, for example `ofsted.ilacs.inspection`; `findings formats` lists them."""
    edition: str
    """The edition (layout) of the format."""


class Run(Fields):
    """What made a record."""

    tool: str
    """Name and version of the tool."""
    text_engine: str
    """Name of the engine that the text came from."""
    plugin: str | None
    """Id and version of the plugin that read the document, if one did."""


class Provider(Fields):
    """Who was inspected."""

    name: str | None
    """The area's short name."""
    printed: str | None
    """The provider exactly as the title prints it."""
    kind: str
    """What the provider is: `local-authority` or `local-area-partnership`."""
    ids: ProviderIds | None
    """Identifiers that were in force when the inspection began; null if the area was not found."""
    region: str | None
    """Region of England, looked up from the area."""
    ids_current: CurrentIds | None
    """Identifiers in force today, which official statistics use: an area's codes can change while its name stays. Null
if the area was not found or has been abolished."""
    successors: list[Successor]
    """The areas that took over an abolished one."""


class ProviderIds(Fields):
    """Identifiers of an area."""

    ons: str | None
    """Code of the Office for National Statistics, for example `E06000023`."""
    dfe: str | None
    """Code of the Department for Education, three digits."""
    ofsted_urn: str | None
    """Ofsted's unique reference number."""


class CurrentIds(Fields):
    """The codes of an area that are in force today."""

    ons: str | None
    """Code of the Office for National Statistics, for example `E06000023`."""
    dfe: str | None
    """Code of the Department for Education, three digits."""


class Successor(Fields):
    """An area that took over one that was abolished."""

    name: str
    """Its short name in the table of local authorities."""
    ons: str | None
    """Code of the Office for National Statistics, for example `E06000023`."""
    dfe: str | None
    """Code of the Department for Education, three digits."""


class Inspection(Fields):
    """Type and dates of an inspection."""

    framework: str
    """Inspection framework: `ILACS`, `SIF`, `pre-2013`, `JTAI`, `area-SEND`."""
    type: str
    """Code of the type: `standard`, `short`, `focused-visit`, `monitoring-visit`, `single`, `joint`, `full` or another."""
    theme: str | None
    """What a focused visit or a joint inspection looked at."""
    start: str | None
    """First day (ISO 8601)."""
    end: str | None
    """Last day (ISO 8601)."""
    visits: list[DateRange]
    """Every range of days that the document prints for this inspection."""


class DateRange(Fields):
    """A range of days, both ends included (ISO 8601)."""

    start: str
    """First day."""
    end: str
    """Last day."""


class Letter(Fields):
    """The parts of a letter around its body."""

    date: str | None
    """Date of the letter (ISO 8601)."""
    recipients: list[Recipient]
    """The addressees, in printed order."""
    salutation: str | None
    """The salutation without "Dear" and the comma."""
    subject: str | None
    """The subject line."""
    signatories: list[Signatory]
    """Who signed it."""


class Recipient(Fields):
    """An addressee of a letter."""

    name: str | None
    """Name without titles and post-nominals."""
    role: str | None
    """The post held."""
    organisation: str | None
    """The organisation that the post belongs to."""
    address: list[str]
    """Address lines without the postcode."""
    postcode: str | None
    """Postcode."""
    printed: str | None
    """The line as printed, if role and organisation can be split in more than one way."""


class Signatory(Fields):
    """A person who signed a letter."""

    name: str | None
    """Name without titles and post-nominals."""
    role: str | None
    """The post held."""
    organisation: str | None
    """The organisation, if it is printed."""


class Inspector(Fields):
    """An inspector named in the document."""

    name: str | None
    """Name without titles and post-nominals; null if it could not be read with confidence."""
    role: str | None
    """The role in the inspection, for example "Lead inspector"."""
    organisation: str | None
    """The inspectorate."""
    lead: bool | None
    """Whether this is the lead inspector; null if the document does not say who led."""


class Judgement(Fields):
    """A graded judgement."""

    area: str
    """Code of what was judged, for example `help-and-protection`."""
    label: str
    """The label as printed."""
    grade: str | None
    """Code of the grade; null if it could not be read."""
    printed: str | None
    """The grade as printed."""
    scale: str
    """Code of the scale that the grade belongs to."""
    rank: int | None
    """The grade's rank on its scale; 1 is best."""


class Improvement(Fields):
    """Something that needs to improve."""

    text: str
    """The item's text, with lines and sub-bullets joined."""
    kind: str
    """`area-for-improvement`, `recommendation` or `priority-action`."""
    addressed_to: str
    """`local-authority`, `partnership` or `lscb`."""
    number: int | None
    """The item's printed number."""
    group: str | None
    """The theme or time frame printed above it."""
    responsible: str | None
    """The organisations named beside it, as printed."""
    paragraphs: list[int]
    """Numbers of the report's paragraphs that it refers to."""


class Strength(Fields):
    """A strength that the document lists."""

    text: str
    """The item."""


class Section(Fields):
    """A section of the body."""

    heading: str | None
    """The heading as printed, without footnote marks; null for text before the first heading, and for text that continues
after a boxed example."""
    kind: str
    """Code of what the section is."""
    level: int
    """Level of the heading, judged by its typography; 1 is the top."""
    parent: int | None
    """Index of the section that contains it; null at the top."""
    area: str | None
    """Code of the judgement area that the text is about, its own or that of a section containing it."""
    grade: str | None
    """Code of the grade in the heading."""
    blocks: list[SectionBlock]
    """The section's own text, in order."""


class SectionBlockParagraph(Fields):
    """A paragraph."""

    type: Literal["paragraph"]
    """The kind of this object."""
    number: int | None
    """Its printed number."""
    text: str
    """Its text, lines joined."""

class SectionBlockBullet(Fields):
    """An item of a list."""

    type: Literal["bullet"]
    """The kind of this object."""
    level: int
    """Depth, 1 is the top."""
    text: str
    """Its text, lines joined."""

class SectionBlockTable(Fields):
    """A table, row by row."""

    type: Literal["table"]
    """The kind of this object."""
    rows: list[list[str]]
    """Cells of each row."""

SectionBlock = SectionBlockParagraph | SectionBlockBullet | SectionBlockTable


class Footnote(Fields):
    """A footnote."""

    mark: str | None
    """Its mark."""
    page: int
    """The page that it stands on, from 1."""
    text: str
    """Its text."""


class Figure(Fields):
    """A number that the section about the area states."""

    measure: str
    """Code of what is measured; `other` if no code fits, in which case `text` says what it is."""
    value: float | None
    """The number; null if it was recognised with too little confidence."""
    unit: str
    """What is counted: `children`, `homes`, `per-cent`, `per-10000`, …"""
    qualifier: str | None
    """What the document says of its precision: `fewer-than`, `about`, `over`."""
    as_of: str | None
    """The day, month or year it is for (ISO 8601, as far as printed), its own or the lead-in's."""
    period: str | None
    """The period it covers, in the document's words, its own or the lead-in's: "In the last 12 months"."""
    part_of: int | None
    """Index of the figure it is part of: those who live out of the area are part of the children looked after."""
    rate_per_10000: float | None
    """The rate per 10,000 children that is printed beside a count."""
    compare: list[Comparison]
    """What the document compares it with, in printed order."""
    previous: PreviousFigure | None
    """The same at an earlier time."""
    text: str
    """The words it was read from, with the lead-in that names the measure."""


class Comparison(Fields):
    """The same measure elsewhere."""

    value: float | None
    """The number there, in the figure's unit if none is given here."""
    unit: str | None
    """Code of its unit, if it differs from the figure's: a count printed with its rate may be compared with other rates."""


class PreviousFigure(Fields):
    """The same measure at an earlier time."""

    value: float | None
    """The number, in the figure's unit."""
    rate_per_10000: float | None
    """The rate per 10,000 children printed beside it."""
    as_of: str | None
    """The day, month or year it is for (ISO 8601, as far as printed)."""
    same: bool | None
    """Whether the document prints no number but says that it was the same."""
    derived: bool | None
    """Whether the document prints the difference, from which the number was computed."""


class Mention(Fields):
    """An earlier inspection, visit or review that the document mentions."""

    type: str
    """What is mentioned: a code of `inspection.type`, or `inspection` if the document does not say which kind."""
    date: str | None
    """Its date as far as printed: `2022`, `2022-05` or `2022-05-13`; the first of several days."""
    date_end: str | None
    """The last day, if several are printed."""
    date_is: str | None
    """What happened on the date: `inspection` or `publication`; null if there is no date."""
    provider: str | None
    """Who was inspected, as printed, if not the report's own provider."""
    judgements: list[MentionedJudgement]
    """The grades it is said to have given."""
    text: str
    """The words that mention it."""


class MentionedJudgement(Fields):
    """A grade that an earlier inspection is said to have given."""

    area: str
    """Code of what was judged."""
    grade: str
    """Code of the grade."""


class Evidence(Fields):
    """Where a value was read, or why it is absent."""

    status: Status
    """Whether the value was read, and if not, why."""
    spans: list[Span] | None
    """Where it is in the document; several places if it runs over lines or pages."""
    quote: str | None
    """The words that it was read from, as in the document."""
    rule: str | None
    """The grammar rule that read it."""
    repairs: list[str] | None
    """Each repair made to the text, "before → after"; the quote has the text before it."""
    confidence: float | None
    """How often similar values were right, 0 to 1: those of the same field, from the same kind of text, with as many
witnesses, repairs and nearby doubts. In a plugin's record, and only for text from OCR, the engine's confidence in
the least certain word."""
    witnesses: int | None
    """How many places of the document agree on the value."""
    source: str | None
    """For derived values: the table they were looked up in."""


Status = Literal["found"] | Literal["derived"] | Literal["not-stated"] | Literal["not-applicable"] | Literal["illegible"] | Literal["conflicting"] | Literal["not-read"] | Literal["corrected"]


class Span(Fields):
    """A place in the document."""

    page: int
    """Page, from 1."""
    bbox: list[float] | None
    """x0, top, x1, bottom in points from the page's top left; null for plain text."""


class Diagnostic(Fields):
    """A remark about a record. Codes are listed in [`super::vocabulary::DIAGNOSTICS`]."""

    severity: Severity
    """How serious it is."""
    code: str
    """Code of the diagnostic, in kebab case."""
    path: str | None
    """JSON Pointer to the value it is about."""
    message: str
    """The message, for people."""
    page: int | None
    """The page it is about, from 1."""


Severity = Literal["info"] | Literal["warning"] | Literal["error"]


class Error(Fields):
    """Why a document gave no record, in words that say what to do next."""

    code: ErrorCode
    """What kind of failure it is."""
    message: str
    """What happened, and what to do next."""


ErrorCode = Literal["not-found"] | Literal["unreadable"] | Literal["not-a-report-file"] | Literal["encrypted"] | Literal["damaged"] | Literal["no-text"] | Literal["too-large"] | Literal["timed-out"] | Literal["unknown-format"] | Literal["invalid-record"] | Literal["plugin-failed"] | Literal["internal"]


class InspectionReport(Fields):
    """The record of one inspection report or letter."""

    schema: str
    """The `$id` of the schema that this record follows."""
    document: DocumentInfo
    """The file that was read."""
    format: FormatRef
    """The format and edition it was read as."""
    run: Run
    """What made the record. Has no time and no host name, so that the same bytes give the same record."""
    regulator: str
    """Code of the regulator that published the report, for example `ofsted`."""
    provider: Provider
    """Who was inspected."""
    inspection: Inspection
    """What kind of inspection it was, and when."""
    published: str | None
    """Date of publication (ISO 8601), only where the document prints it."""
    letter: Letter | None
    """The parts of a letter around its body: date, addressees, subject, signatures; null for reports."""
    inspectors: list[Inspector]
    """The inspectors that the document names, in printed order."""
    judgements: list[Judgement]
    """The graded judgements, in printed order."""
    improvements: list[Improvement]
    """What needs to improve: recommendations, areas for improvement, priority actions, in printed order."""
    strengths: list[Strength]
    """Strengths, only where the document prints a list of them."""
    sections: list[Section]
    """The whole body of the document in order, each block once."""
    footnotes: list[Footnote]
    """Footnotes, in order."""
    figures: list[Figure]
    """Every number that the section about the area states, each once, in printed order."""
    mentions: list[Mention]
    """Earlier inspections, visits and reviews that the document mentions, each once; never the inspection it reports."""
    extension: Any
    """A plugin's own part, validated by the plugin's own schema."""
    diagnostics: list[Diagnostic]
    """Remarks on how the record was read: what may be wrong or missing, and what was repaired or left out."""


class ErrorOutcome(Fields):
    """What is written in place of a record for a document that gave none."""

    error: Error
    """Why there is no record."""
    document: DocumentInfo
    """The document, as far as it is known."""
