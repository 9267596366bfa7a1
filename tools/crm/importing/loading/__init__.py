"""Loads a mapped export into the store in one transaction: all of it goes in, with its report, or nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from time import perf_counter

from sqlalchemy import Connection, Engine, insert, select, update

from tools.crm.importing import code_lists
from tools.crm.importing.corrections import Corrections, recognise
from tools.crm.importing.errors import MappingUnfit, NothingToImport
from tools.crm.importing.loading.batches import MISSING, Batch
from tools.crm.importing.loading.belonging import Belonging, without_taken
from tools.crm.importing.loading.customs import CUSTOM_PREFIX, CustomFields, custom_table
from tools.crm.importing.loading.deriving import read_outcomes, read_words
from tools.crm.importing.loading.history import History
from tools.crm.importing.loading.issues import Issue, IssueLog
from tools.crm.importing.loading.linking import Linker
from tools.crm.importing.loading.merging import merge
from tools.crm.importing.loading.outcomes import Status, status_word
from tools.crm.importing.loading.own_statuses import keep_own_statuses
from tools.crm.importing.loading.placing import Placed, Placing
from tools.crm.importing.loading.referring import note_references
from tools.crm.importing.loading.settling import settle
from tools.crm.importing.loading.shared_numbers import SharedNumbers
from tools.crm.importing.loading.staying import find_staying
from tools.crm.importing.loading.storing import IdSource, begin_alone, held_rows, insert_rows, stored_time
from tools.crm.importing.loading.tabling import TableReader
from tools.crm.importing.mapping import CUSTOM, SKIP, Mapping, TableMap
from tools.crm.importing.report import Assumption, ImportReport, Reading, TableReport, Unreferenced
from tools.crm.importing.source import SourceTable
from tools.crm.models import ImportIssue, ImportRun
from tools.crm.ports import Progress
from tools.crm.semantic import Entity, Words
from tools.crm.semantic.model import base_model
from tools.crm.semantic.own_tables import own_table
from tools.store.base import Base
from tools.store.collecting import uncollected


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the export with where it goes."""

    source: SourceTable
    mapped: TableMap
    entity: Entity


def run_load(
    engine: Engine,
    tables: Sequence[SourceTable],
    mapping: Mapping,
    folder: str,
    now: datetime,
    zone: tzinfo,
    progress: Progress | None = None,
    *,
    partial: bool = False,
    accept_gone: bool = False,
) -> ImportReport:
    """Load an export.

    ``now`` is when it was taken, ``zone`` the time zone of times that name none. Records of the same system that a
    table of this export no longer holds are marked as gone, unless the export is ``partial``; where they are many, only with
    ``accept_gone``. Files of corrections are
    recognised and are always partial. Raises ImportBusy, MappingUnfit, NothingToImport, CorrectionsUnfit; the store is then as it was.
    """
    started = perf_counter()
    with uncollected(), engine.connect() as connection:
        begin_alone(connection)
        corrections = recognise(connection, tables)
        loading = _Loading(connection, corrections, corrections.mapping if corrections else mapping, folder, now, zone, progress or _silent)
        report = loading.run(corrections.tables if corrections else tables, partial or corrections is not None, accept_gone)
        loading.finish(report)
        connection.commit()
    return report.model_copy(update={"seconds": round(perf_counter() - started, 3)})


def _silent(_step: str, _done: int, _total: int) -> None:
    return None


class _Loading:
    def __init__(
        self, connection: Connection, corrections: Corrections | None, mapping: Mapping, folder: str, now: datetime, zone: tzinfo, progress: Progress
    ) -> None:
        self.connection, self.corrections, self.mapping, self.folder = connection, corrections, mapping, folder
        self.now, self.zone, self.progress = now, zone, progress
        self.log = IssueLog()
        self.entities = dict(base_model().entities)
        self.readings: list[Reading] = []
        self.assumptions: list[Assumption] = []
        self.headers: list[dict[str, object]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.fields = CustomFields(connection)

    def run(self, tables: Sequence[SourceTable], partial: bool, accept_gone: bool) -> ImportReport:
        """Convert, number, link, place, in this order: references may point forwards and to their own table, and accounts are taken along them."""
        earlier = self._earlier_outcomes()
        import_id = self._begin()
        self.codes = code_lists.read_code_lists(tables)
        batches = self._batches(self._files(tables))
        for batch in batches.values():
            self.readings += read_words(batch)
            if batch.entity.key == "opportunity":
                written = list(batch.columns.get("status", ()))
                self.readings += read_outcomes(batch, earlier, self._told_by_codes(batch) | self.mapping.statuses)
                keep_own_statuses(batch, written, self.fields)
        self.assumptions += _untold(batches)
        history = History(import_id, stored_time(self.now))
        placings = {key: self._placing(batch, history) for key, batch in batches.items()}
        id_source = IdSource(self.connection)
        ids = {key: placing.number(id_source) for key, placing in placings.items()}
        unreferenced = self._link(batches, ids)
        placed = self._place(placings, partial, accept_gone)
        if "stage_history" not in batches:
            history.store_stage_moves(self.connection, self.mapping.system, self.now.astimezone(self.zone).date(), id_source)
        history.store(self.connection)
        origins = self.corrections.origins if self.corrections else {}
        settled = settle(self.connection, import_id, self.mapping.system, batches.values(), origins)
        self._store_issues(import_id)
        return ImportReport(
            import_id=import_id,
            system=self.mapping.system,
            folder=self.folder,
            imported_at=self.now,
            seconds=0,
            partial=partial,
            tables=tuple(self._table(batch, placed[key]) for key, batch in batches.items()),
            issues=tuple(self.log.groups()),
            readings=tuple(self.readings),
            assumptions=tuple(self.assumptions),
            unreferenced=tuple(unreferenced),
            moved=history.moved(),
            settled=settled,
            staying=() if partial else find_staying(self.connection, self.mapping.system, batches, placed),
        )

    def _told_by_codes(self, batch: Batch) -> dict[str, Status]:
        """What the export's own list says of codes for stages and statuses: LST is lost."""
        texts = [each for each in self.readings if each.entity == batch.entity.key and each.field in ("stage", "status")]
        return {each.read_as: status for each in texts if (status := status_word(each.text)) is not None}

    def _begin(self) -> int:
        content = self.mapping.model_dump(mode="json")
        run = insert(ImportRun).values(system=self.mapping.system, folder=self.folder, started_at=self.now, mapping=content, totals={})
        return int(self.connection.execute(run.returning(ImportRun.id)).scalar_one())

    def finish(self, report: ImportReport) -> None:
        """Make the import the newest version of the store."""
        totals = {**report.model_dump(mode="json", exclude={"issues", "seconds"}), "headers": self.headers}
        self.connection.execute(update(ImportRun).where(ImportRun.id == report.import_id).values(finished_at=self.now, totals=totals))

    def _earlier_outcomes(self) -> dict[str, Status]:
        """How the last import of this system read stages whose words don't tell."""
        last = select(ImportRun.totals).where(ImportRun.system == self.mapping.system, ImportRun.finished_at.is_not(None))
        totals = self.connection.execute(last.order_by(ImportRun.id.desc()).limit(1)).scalar() or {}
        return {each["text"]: each["read_as"] for each in totals.get("readings", ()) if each["entity"] == "opportunity" and each["how"] == "data"}

    def _files(self, tables: Sequence[SourceTable]) -> list[_File]:
        by_place = {(table.file, table.sheet): table for table in tables}
        found = []
        for mapped in self.mapping.tables:
            source = by_place.pop((mapped.file, mapped.sheet), None)
            if source is None:
                self.assumptions.append(Assumption(key="file_absent", data={"file": mapped.file}))
            elif mapped.entity != SKIP:
                found.append(_File(source, mapped, self._entity(mapped)))
        self.assumptions += [Assumption(key="file_unmapped", data={"file": file}) for file, _ in by_place]
        if not found:
            raise NothingToImport(folder=self.folder)
        return found

    def _entity(self, mapped: TableMap) -> Entity:
        if mapped.entity != CUSTOM:
            entity = self.entities.get(mapped.entity)
            if entity is None:
                raise MappingUnfit(file=mapped.file, name=mapped.entity)
            return entity
        label = mapped.label or mapped.sheet or mapped.file.rsplit(".", 1)[0]
        table_id, key = custom_table(self.connection, self.mapping.system, label)
        entity = own_table(CUSTOM_PREFIX + key, Words(en=(label,), zh=(label,)), table_id, base_model().entities)
        self.entities[entity.key] = entity
        return entity

    def _batches(self, files: Sequence[_File]) -> dict[str, Batch]:
        """One batch for each kind of record, from however many files."""
        reader = TableReader(self.fields, self.zone, self.log, codes=self.codes)
        read: dict[str, list[Batch]] = {}
        for number, file in enumerate(files):
            self.progress("convert", number, len(files))
            read.setdefault(file.entity.key, []).append(reader.read(file.source, file.mapped, file.entity))
            self.headers.append({"file": file.source.file, "sheet": file.source.sheet, "headers": list(file.source.headers)})
        self.progress("convert", len(files), len(files))
        self.readings += reader.decoded
        note_references(self.connection, self.mapping.system, reader.referring, self.fields, self.entities)
        self.assumptions += [
            Assumption(key=f"date_order_{column.date_order}", data={"file": file.source.file, "column": column.header})
            for file in files
            for column in file.mapped.columns
            if column.order_assumed
        ]
        self.assumptions += [Assumption(key="bare_symbol", data={"symbol": symbol, "currency": code}) for symbol, code in sorted(reader.assumed.items())]
        self.assumptions += [Assumption(key="status_from_flags", data={"file": file, "columns": columns}) for file, columns in reader.flagged.items()]
        self.assumptions += [Assumption(key="corporate_currency", data={"file": file, "currency": code}) for file, code in reader.corporate.items()]
        return {key: merge(batches, self.log) for key, batches in read.items()}

    def _placing(self, batch: Batch, history: History) -> Placing:
        held = held_rows(self.connection, Base.metadata.tables[batch.entity.table], self.mapping.system, batch.entity.custom_table)
        return Placing(self.connection, batch, held, self.mapping.system, history)

    def _link(self, batches: dict[str, Batch], ids: dict[str, list[int]]) -> list[Unreferenced]:
        linker = Linker(self.connection, self.mapping.system, self.entities, batches, ids, self.log, self.fields, {})
        belonging = Belonging(self.connection, batches, ids)
        found = []
        for number, key in enumerate(_in_order(batches)):
            self.progress("link", number, len(batches))
            blanks = linker.link(batches[key])
            taken = belonging.fill(batches[key])
            self.assumptions += [
                Assumption(key=f"account_from_{via}", data={"file": _files_of(batches[key]), "count": f"{count:,}"}) for via, count in taken.items()
            ]
            found += without_taken(blanks, taken)
        shared = SharedNumbers(batches, self.fields)
        for batch in batches.values():
            if (lent := shared.fill(batch)) is not None:
                self.assumptions.append(
                    Assumption(key="account_from_number", data={"file": _files_of(batch), "column": lent.header, "count": f"{lent.rows:,}"})
                )
        return found

    def _place(self, placings: dict[str, Placing], partial: bool, accept_gone: bool) -> dict[str, Placed]:
        """Referenced tables before those that refer to them."""
        total = sum(len(placing.batch) for placing in placings.values())
        placed: dict[str, Placed] = {}
        done = 0
        for key in _in_order({key: placing.batch for key, placing in placings.items()}):
            placing, before = placings[key], done
            self.progress("store", done, total)
            placed[key] = placing.place(partial, accept_gone, lambda count, before=before: self.progress("store", before + count, total))  # type: ignore[misc]
            done += len(placing.batch)
        self.progress("store", total, total)
        return placed

    def _store_issues(self, import_id: int) -> None:
        rows = ((import_id, *issue) for issue in self.log.issues)
        insert_rows(self.connection, Base.metadata.tables[ImportIssue.__tablename__], ("import_id", *Issue._fields), rows)

    def _table(self, batch: Batch, placed: Placed) -> TableReport:
        key = batch.entity.key
        merged = self.log.count(key, "merged")
        return TableReport(
            entity=key,
            label=batch.maps[0].label,
            files=tuple(source.file if source.sheet is None else f"{source.file} [{source.sheet}]" for source in batch.sources),
            read=batch.read,
            blank=batch.blank,
            new=placed.new,
            changed=placed.changed,
            unchanged=placed.unchanged,
            refused=batch.read - len(batch) - merged,
            merged=merged,
            gone=placed.gone,
            returned=placed.returned,
            repaired=self.log.count(key, "repaired"),
            not_found=self.log.count(key, "reference_not_found"),
        )


def _untold(batches: dict[str, Batch]) -> list[Assumption]:
    """What deals can't be asked for, because no column of theirs tells it."""
    deals = batches.get("opportunity")
    if deals is None or not len(deals):
        return []
    files = _files_of(deals)
    blank = [name for name in ("stage", "status") if all(value is None or value is MISSING for value in deals.columns.get(name, ()))]
    return [Assumption(key=f"no_{name}", data={"file": files}) for name in blank]


def _files_of(batch: Batch) -> str:
    return ", ".join(source.file for source in batch.sources)


def _in_order(batches: dict[str, Batch]) -> Iterable[str]:
    order = [table.name for table in Base.metadata.sorted_tables]
    return sorted(batches, key=lambda key: order.index(batches[key].entity.table))
