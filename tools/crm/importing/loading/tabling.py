"""Turns one file into a batch of typed rows by its mapping; rows that can't be taken as they stand are refused whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from hashlib import blake2b
from typing import NamedTuple

from tools.crm.importing.cleaning import clean, joined, key_text
from tools.crm.importing.errors import MappingUnfit
from tools.crm.importing.loading.batches import Batch, RefTexts
from tools.crm.importing.loading.converting import TEXTS, CellReading, Converted, convert, reading_of
from tools.crm.importing.loading.corporate import corporate_currency
from tools.crm.importing.loading.currencies import Amounts, read_currencies, speaks_japanese
from tools.crm.importing.loading.customs import CustomFields
from tools.crm.importing.loading.flags import outcome_columns, read_flags
from tools.crm.importing.loading.glossary import read_word, reader_for
from tools.crm.importing.loading.issues import IssueLog
from tools.crm.importing.loading.totals import is_total
from tools.crm.importing.mapping import CUSTOM, RECORD_ID, SKIP, ColumnMap, TableMap
from tools.crm.importing.report import Reading
from tools.crm.importing.source import SourceTable
from tools.crm.importing.values import is_blank
from tools.crm.semantic import Entity, Field, FieldType
from tools.store.base import Base, Sourced

BY_ID = "#id"
CURRENCY = "currency"
META = frozenset(name for name in vars(Sourced) if not name.startswith("_")) | {"table_id"}
Texts = Sequence[str]


@dataclass(slots=True)
class _Column:
    """A converted column of the file, with its header and texts."""

    header: str
    texts: Texts
    converted: Converted


class Referring(NamedTuple):
    """A custom field that the mapping says to name records of another table, in the words of the mapping."""

    entity: str
    key: str
    refers: str
    by: str | None


@dataclass(slots=True)
class TableReader:
    """Reads the files of one import."""

    fields: CustomFields
    zone: tzinfo
    log: IssueLog
    assumed: dict[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the codes of a column stand for, by the column's header, where the export brings a list of them."""
    decoded: list[Reading] = field(default_factory=list)
    referring: list[Referring] = field(default_factory=list)
    flagged: dict[str, str] = field(default_factory=dict)
    """The files whose deals have their status from yes-or-no columns, with those columns."""
    corporate: dict[str, str] = field(default_factory=dict)
    """The files of rates that name one currency a row, with the currency that the rates are against."""

    def read(self, source: SourceTable, mapped: TableMap, entity: Entity) -> Batch:
        """The rows of one file. Raises MappingUnfit where the mapping names what isn't there."""
        return _FileReading(self, source, mapped, entity).batch()


class _FileReading:
    def __init__(self, reader: TableReader, source: SourceTable, mapped: TableMap, entity: Entity) -> None:
        self.reader, self.source, self.mapped, self.entity = reader, source, mapped, entity
        self.table = Base.metadata.tables[entity.table]
        self.found = Batch(entity, [source], [mapped])
        self.read_columns: list[_Column] = []
        self.refused: dict[int, list[tuple[str | None, str, str | None]]] = {}
        self.columns = self._full_rows()

    def _full_rows(self) -> list[Texts]:
        """The columns of all rows that have as many cells as there are headers; the others are refused at once."""
        width, found, rows = len(self.source.headers), self.found, []
        ids, titles = ([column.position for column in self.mapped.columns if column.to == to] for to in (RECORD_ID, self.entity.title))
        for row, line in zip(self.source.rows, self.source.lines, strict=True):
            if is_total(row, ids, titles):
                self._refuse_row("total_row", line, row)
                continue
            if line in self.source.unclosed:
                self._refuse_row("quote_unclosed", line, row)
                continue
            if len(row) == width:
                if row[0] or "".join(row).strip():
                    rows.append(row)
                    found.lines.append(line)
                else:
                    found.blank += 1
                continue
            if not "".join(row).strip():
                found.blank += 1
                continue
            self._refuse_row("too_many_cells" if len(row) > width else "too_few_cells", line, row, before=str(len(row)), after=str(width))
        found.read += len(rows)
        found.rows = rows
        return list(zip(*rows, strict=True)) if rows else [()] * width

    def _refuse_row(self, reason: str, line: int, row: list[str], before: str | None = None, after: str | None = None) -> None:
        """Refuse a row by its shape. The record that it is of, where that can be told, is not taken for gone."""
        self.found.read += 1
        self.reader.log.add("refused", reason, self.entity.key, self.source, line, row=row, before=before, after=after)
        ids = [column.position for column in self.mapped.columns if column.to == RECORD_ID]
        if ids and max(ids) < len(row):
            self.found.refused_ids.add("|".join(clean(row[at])[0] for at in ids))

    def batch(self) -> Batch:
        """Convert column by column, then leave out the rows with something impossible in them."""
        self.found.origins = [0] * len(self.found.rows)
        self._identify()
        for to, columns in self._by_target().items():
            self._take(to, columns)
        self._stand_in()
        self._outcomes()
        self._rates()
        self._currencies()
        self._require()
        self._collect_refused()
        self._leave_out()
        self._report_repairs()
        return self.found

    def _texts(self, column: ColumnMap) -> Texts:
        if not 0 <= column.position < len(self.columns):
            raise MappingUnfit(file=self.source.file, name=column.header)
        return self.columns[column.position]

    def _by_target(self) -> dict[str, list[ColumnMap]]:
        found: dict[str, list[ColumnMap]] = {}
        for column in self.mapped.columns:
            if column.to not in (SKIP, RECORD_ID):
                found.setdefault(f"{CUSTOM}:{column.position}" if column.to == CUSTOM else column.to, []).append(column)
        return found

    def _convert(self, texts: Texts, header: str, how: CellReading) -> Converted:
        converted = convert(texts, how)
        self.read_columns.append(_Column(header, texts, converted))
        return converted

    def _plain(self, texts: Texts, header: str) -> list[str | None]:
        """A column of names or ids."""
        converted = self._convert(texts, header, CellReading(FieldType.TEXT, self.reader.zone))
        return [value if isinstance(value, str) else None for value in converted.values]

    def _identify(self) -> None:
        """Give each row its id: from its column, from its key fields, else from what it holds and how often that occurred before."""
        columns = [column for column in self.mapped.columns if column.to == RECORD_ID]
        if columns:
            parts = [self._plain(self._texts(column), column.header) for column in columns]
            header = columns[0].header
            self.found.source_ids = ["|".join(part or "" for part in row) if any(row) else "" for row in zip(*parts, strict=True)]
            self._refuse_blank_ids(header)
            return
        keys = [column for column in self.mapped.columns if column.to.removesuffix(BY_ID) in self.mapped.key]
        if keys:
            texts = [self._texts(column) for column in keys]
            self.found.source_ids = ["|".join(key_text(clean(text)[0]) for text in row) for row in zip(*texts, strict=True)]
            if all(any(part.strip("|") for part in (each,)) for each in self.found.source_ids):
                return
            self._refuse_blank_ids(keys[0].header)
            return
        self.found.source_ids, self.found.by_content = self._by_content(), True

    def _refuse_blank_ids(self, header: str) -> None:
        for index, source_id in enumerate(self.found.source_ids):
            if not source_id.strip("|"):
                self.refused.setdefault(index, []).append((header, "id_missing", None))

    def _by_content(self) -> list[str]:
        used = [self._texts(column) for column in self.mapped.columns if column.to != SKIP]
        seen: Counter[str] = Counter()
        found = []
        for row in zip(*used, strict=True):
            digest = blake2b("\x1f".join(cell.strip() for cell in row).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()
            seen[digest] += 1
            found.append(f"{digest}-{seen[digest]}")
        return found

    def _take(self, to: str, columns: list[ColumnMap]) -> None:
        first = columns[0]
        if to.startswith(f"{CUSTOM}:"):
            self._take_custom(first)
            return
        name = to.removesuffix(BY_ID)
        known = self.entity.fields.get(name)
        if known is None or known.custom or (to.endswith(BY_ID) and known.type is not FieldType.REF):
            raise MappingUnfit(file=self.source.file, name=to)
        texts = self._texts(first) if len(columns) == 1 else joined([self._texts(column) for column in columns])
        header = " + ".join(column.header for column in columns)
        if known.type is FieldType.REF:
            self._take_reference(name, to.endswith(BY_ID), texts, header)
        else:
            self._take_field(known, texts, header, first)

    def _take_field(self, known: Field, texts: Texts, header: str, column: ColumnMap) -> None:
        name = known.key if known.key in self.table.c else f"{known.key}_ref"
        kind, places = reading_of(known.type, self.table, name)
        how = CellReading(kind, self.reader.zone, places, column.date_order, column.factor, header)
        self.found.columns[name] = list(self._convert(texts, header, how).values)
        codes = self.reader.codes.get(key_text(column.header), {})
        closed = reader_for(self.entity, known.key) if codes else None
        if closed is not None:  # the words are those of the model, codes are none
            self._note_codes(known.key, codes, closed, self.found.columns[name])
            self.found.columns[name] = [codes.get(value.casefold(), value) if isinstance(value, str) else value for value in self.found.columns[name]]
        self._decode(known.key, column.header, self.found.columns[name])

    def _note_codes(self, key: str, codes: Mapping[str, str], closed: Mapping[str, str], values: Sequence[object]) -> None:
        """Note which of the model's words a code comes to, since people ask by codes as well."""
        for code, count in Counter(value for value in values if isinstance(value, str)).items():
            stored = read_word(codes.get(code.casefold(), ""), closed)
            if stored is not None:
                self.reader.decoded.append(Reading(entity=self.entity.key, field=key, text=code, read_as=stored, how="code", count=count))

    def _decode(self, key: str, header: str, values: Sequence[object]) -> None:
        """Note what the column's codes stand for; the codes stay as they are, and are understood by both."""
        codes = self.reader.codes.get(key_text(header), {})
        for code, count in Counter(value for value in values if isinstance(value, str)).items() if codes else ():
            if code.casefold() in codes:
                self.reader.decoded.append(Reading(entity=self.entity.key, field=key, text=codes[code.casefold()], read_as=code, how="words", count=count))

    def _stand_in(self) -> None:
        """What was planned, in rows where nothing came of it yet; of several columns the emptier first, such as the day of losing before the expected one."""
        standing = [column for column in self.mapped.columns if column.fills]
        for column in sorted(standing, key=lambda each: sum(not is_blank(text.strip()) for text in self._texts(each))):
            known = self.entity.fields.get(column.fills or "")
            if known is None or known.key not in self.table.c:
                continue
            kind, places = reading_of(known.type, self.table, known.key)
            texts = self._texts(column)
            planned = convert(texts, CellReading(kind, self.reader.zone, places, column.date_order, column.factor, column.header)).values
            held = self.found.columns.get(known.key) or [None] * len(texts)
            if known.key == "balance":  # what was received of an amount
                due = self.found.columns.get("amount") or [None] * len(texts)
                planned = [_left(whole, part) for whole, part in zip(due, planned, strict=True)]
            self.found.columns[known.key] = [value or plan for value, plan in zip(held, planned, strict=True)]

    def _take_reference(self, name: str, by_id: bool, texts: Texts, header: str) -> None:
        count = len(texts)
        held = self.found.references.setdefault(name, RefTexts([None] * count, [None] * count))
        cells = self._plain(texts, header)
        marks = {cell for cell in set(cells) if cell and is_blank(cell)}
        if marks:
            self.read_columns[-1].converted.repaired |= {text: ("empty_mark", None) for text in set(texts) if clean(text)[0] in marks}
            cells = [None if cell in marks else cell for cell in cells]
        if by_id:
            held.ids, held.id_column = cells, header
        else:
            held.names, held.name_column = cells, header

    def _take_custom(self, column: ColumnMap) -> None:
        """A custom field has one type and one unit; amounts in several currencies stay as they are written."""
        texts = self._without_marks(column) if column.refers else self._texts(column)
        wanted = FieldType.TEXT if column.type is None or column.type in TEXTS else column.type
        converted = convert(texts, self._custom_reading(column, wanted))
        units = {*converted.units.values(), *([column.unit] if column.unit else [])}
        if len(units) > 1:
            wanted = FieldType.TEXT
        fields, entity = self.reader.fields, self.entity
        unit = units.pop() if len(units) == 1 else None
        key, kind = fields.key(entity.key, column.header, wanted, unit, entity.custom_table, self.found.custom_keys)
        if kind is not column.type:
            converted = convert(texts, self._custom_reading(column, kind))
        self.found.custom_keys.add(key)
        if column.refers and kind in TEXTS:
            self.reader.referring.append(Referring(entity.key, key, column.refers, column.by))
        self.read_columns.append(_Column(column.header, texts, converted))
        if not self.found.customs:
            self.found.customs = [{} for _ in self.found.rows]
        self._decode(key, column.header, converted.values)
        for custom, value in zip(self.found.customs, converted.values, strict=True):
            if value is not None:
                custom[key] = value

    def _without_marks(self, column: ColumnMap) -> Texts:
        """What is written for a reference; a mark for nothing names no record."""
        texts = self._texts(column)
        marks = {text for text in set(texts) if clean(text)[0] and is_blank(clean(text)[0])}
        if not marks:
            return texts
        self.read_columns.append(_Column(column.header, texts, Converted([], repaired=dict.fromkeys(marks, ("empty_mark", None)))))
        return ["" if text in marks else text for text in texts]

    def _custom_reading(self, column: ColumnMap, kind: FieldType) -> CellReading:
        return CellReading(kind, self.reader.zone, None, column.date_order, column.factor, column.header, custom=True)

    def _outcomes(self) -> None:
        """The status of deals from the system's own flags, where no column tells it in words."""
        if self.entity.key != "opportunity" or "status" in self.found.columns:
            return
        columns = outcome_columns(self.mapped.columns, self.columns)
        if columns:
            texts = {name: self._texts(column) for name, column in columns.items()}
            self.found.columns["status"] = list(read_flags(texts, len(self.found.rows)))
            self.reader.flagged[self.source.file] = ", ".join(column.header for column in columns.values())

    def _rates(self) -> None:
        """Rates that name one currency a row are units of it for one of the company's own."""
        rate = next((column for column in self.mapped.columns if column.to == "rate"), None)
        named = [column for column in self.mapped.columns if column.to in ("base", "quote")]
        if self.entity.key != "exchange_rate" or rate is None or len(named) != 1 or not self.found.rows:
            return
        own = corporate_currency(self._texts(named[0]), self._texts(rate), self.mapped.columns, self.columns)
        if own is not None:
            self.found.columns["quote"] = self.found.columns.pop(named[0].to)
            self.found.columns["base"] = [own] * len(self.found.rows)
            self.reader.corporate[self.source.file] = own

    def _currencies(self) -> None:
        """One currency a row for all its amounts, where the kind of record has a field for it."""
        if CURRENCY not in self.table.c:
            return
        named = next((self._texts(column) for column in self.mapped.columns if column.to == CURRENCY), None)
        by_header = {column.header: column for column in self.mapped.columns}
        amounts = []
        for column in self.read_columns:
            mapped = by_header.get(column.header)
            known = self.entity.fields.get(mapped.fills or mapped.to) if mapped else None
            if mapped and known and known.type is FieldType.MONEY:
                amounts.append(Amounts(column.texts, column.converted.units, mapped.unit))
        japanese = any(each.units for each in amounts) and speaks_japanese(self.source.headers, self.found.rows)
        read = read_currencies(len(self.found), named, amounts, japanese)
        if read is None:
            return
        self.found.columns[CURRENCY] = list(read.values)
        self.reader.assumed |= read.assumed
        for index in read.conflicts:
            self.refused.setdefault(index, []).append((CURRENCY, "currency_conflict", read.values[index]))

    def _require(self) -> None:
        """What the table can't do without."""
        for column in self.table.c:
            if column.nullable or column.name in META:
                continue
            values = self.found.columns.get(column.name)
            header = next((each.header for each in self.mapped.columns if each.to == column.name), column.name)
            for index in range(len(self.found)):
                if values is None or values[index] is None:
                    self.refused.setdefault(index, []).append((header, "required_missing", None))

    def _collect_refused(self) -> None:
        for column in self.read_columns:
            refused = column.converted.refused
            if refused:
                for index, text in enumerate(column.texts):
                    if text in refused:
                        self.refused.setdefault(index, []).append((column.header, refused[text], text))
        for index, faults in sorted(self.refused.items()):
            bad = {header for header, reason, _ in faults if reason not in ("id_missing", "required_missing")}
            record = self.found.source_ids[index].strip("|") or None
            line, row = self.found.lines[index], self.found.rows[index]
            for column_name, reason, cell in faults:
                if reason != "required_missing" or column_name not in bad:
                    self.reader.log.add("refused", reason, self.entity.key, self.source, line, record=record, column=column_name, before=cell, row=row)
            if record:
                self.found.refused_ids.add(self.found.source_ids[index])

    def _leave_out(self) -> None:
        if not self.refused:
            return
        kept = [index for index in range(len(self.found)) if index not in self.refused]
        self.found.keep(kept)
        for column in self.read_columns:
            column.texts = [column.texts[index] for index in kept]

    def _report_repairs(self) -> None:
        for column in self.read_columns:
            repaired = column.converted.repaired
            if not repaired:
                continue
            for index, text in enumerate(column.texts):
                if text in repaired:
                    reason, after = repaired[text]
                    self.reader.log.add(
                        "repaired", reason, self.entity.key, self.source, self.found.lines[index],
                        record=self.found.source_ids[index], column=column.header, before=text, after=after,
                    )  # fmt: skip


def _left(whole: object, part: object) -> int | None:
    """What is left of an amount, both in the store's units; nothing is known where there is no amount."""
    return whole - (part if isinstance(part, int) else 0) if isinstance(whole, int) else None
