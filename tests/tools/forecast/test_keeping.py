"""What took long to learn is learnt once: for the process, and on file for the next one; never for other eyes or other data."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.tools.forecast.company import AS_OF, TODAY, deal_rows, found
from tools.access.principal import Principal, Role
from tools.crm.models import ImportRun
from tools.forecast import keeping
from tools.forecast.keeping import Studies
from tools.forecast.proving_period import prove_period
from tools.forecast.shelving import Shelf
from tools.forecast.study import Study
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification

OWNER = Principal.local_owner()
REP = Principal(role=Role.REP, member_id=1, name="rep 1", clearance=Classification.PERSONAL)
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "learnt"


@pytest.fixture
def always_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LONG", 0.0)


def asked(studies: Studies, engine: Engine, who: Principal = OWNER) -> tuple[Study, float]:
    """A study that was asked for a period, and what it expects."""
    with Session(engine) as session:
        study = studies.study(session, who, PolicyScope(), TODAY)
        proof = prove_period(study, session, *QUARTER)
        studies.keep(study)
    return study, float(proof.ledger.number(proof.span.point))


@pytest.mark.usefixtures("always_long")
def test_the_next_process_takes_from_the_file_and_says_the_same(engine: Engine, folder: Path) -> None:
    found(engine, deal_rows(300))
    learnt, expected = asked(Studies(folder), engine)
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    taken, again = asked(Studies(folder), engine)
    assert again == expected
    assert "rolled" in taken.__dict__
    assert taken.history.names == learnt.history.names
    assert np.array_equal(taken.history.closed, learnt.history.closed)
    assert taken.history.revised == learnt.history.revised
    assert taken.history.as_of == learnt.history.as_of
    assert taken.skill.point == learnt.skill.point


@pytest.mark.usefixtures("always_long")
def test_a_file_is_for_the_same_eyes_and_the_same_data_alone(engine: Engine, folder: Path) -> None:
    found(engine, deal_rows(300))
    whole, _ = asked(Studies(folder), engine)
    own, _ = asked(Studies(folder), engine, REP)
    assert len(own.history.ids) < len(whole.history.ids)
    assert len(list(folder.iterdir())) == 2
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=AS_OF, finished_at=AS_OF, mapping={}, totals={}))
        session.commit()
    asked(Studies(folder), engine)
    assert len(list(folder.iterdir())) == 1, "what belongs to other data goes"


@pytest.mark.usefixtures("always_long")
def test_a_file_that_is_broken_is_learnt_anew(engine: Engine, folder: Path) -> None:
    found(engine, deal_rows(300))
    _, expected = asked(Studies(folder), engine)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:1000])
    assert asked(Studies(folder), engine)[1] == expected


def test_what_is_quickly_learnt_is_not_put_on_file(engine: Engine, folder: Path) -> None:
    found(engine, deal_rows(120), talks=False)
    with Session(engine) as session:
        studies = Studies(folder)
        studies.keep(studies.study(session, OWNER, PolicyScope(), TODAY))
    assert not folder.exists()


def test_a_study_is_kept_for_the_same_eyes_and_no_others(engine: Engine) -> None:
    found(engine, deal_rows(200), talks=False)
    studies = Studies()
    with Session(engine) as session:
        whole = studies.study(session, OWNER, PolicyScope(), TODAY)
        assert studies.study(session, OWNER, PolicyScope(), TODAY) is whole
        own = studies.study(session, REP, PolicyScope(), TODAY)
        assert own is not whole
        assert len(own.history.ids) < len(whole.history.ids)
        assert studies.study(session, REP.model_copy(update={"member_id": 2, "name": "rep 2"}), PolicyScope(), TODAY) is not own
        assert studies.study(session, OWNER, PolicyScope(), date(2026, 6, 29)) is not whole


def test_nothing_but_what_is_known_is_kept(folder: Path) -> None:
    with pytest.raises(TypeError):
        Shelf(folder).put("1", "key", {"odd": object()})
