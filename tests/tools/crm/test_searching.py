"""Texts are found by what they say, in either language, and only by those who may read them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session, sessionmaker

from integrations.embeddings import SentenceEncoder
from tests.tools.crm.texts_of_a_company import HOSTILE, NOTES, ArrayIndex, found_company, notes_by_id, sourced
from tools.access.principal import Principal, Role
from tools.crm.currency import RateBook, load_rates
from tools.crm.models import CustomField, Interaction, Member
from tools.crm.passages import Names, gist, is_prose, passages
from tools.crm.ports import Vectors
from tools.crm.query import About, And, Exists, MeasureRef, Not, Or, Query
from tools.crm.searching import NoTexts, Searcher, SearchTextEmpty, TextsTooMany, search_texts
from tools.crm.semantic import load_model
from tools.crm.service import run_query
from tools.crm.text_indexing import TextIndexer
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.store.engine import open_sessions

OWNER = Principal.local_owner()
SCOPE = PolicyScope()
ENCODER = SentenceEncoder()


class Library:
    """The company with its index."""

    def __init__(self, engine: Engine) -> None:
        self.sessions: sessionmaker[Session] = open_sessions(engine)
        self.index = ArrayIndex()
        with self.sessions() as session:
            found_company(session)
        self.reindex()
        self.searcher = Searcher(ENCODER, self.index)

    def reindex(self):
        return TextIndexer(self.sessions, ENCODER, self.index).run()

    def about(self, text: str, principal: Principal = OWNER) -> set[str]:
        with self.sessions() as session:
            found = self.searcher.about(session, load_model(session), principal, SCOPE, "interaction", text)
            names = notes_by_id(session)
            return {names[record] for record in found.records}

    def search(self, text: str, principal: Principal = OWNER, k: int = 5):
        with self.sessions() as session:
            return self.searcher.search(session, load_model(session), principal, SCOPE, text, ["interaction"], k)

    def name(self, record: int) -> str:
        with self.sessions() as session:
            return notes_by_id(session)[record]

    def write(self, name: str, **values: object) -> None:
        """Change a note as an import would."""
        with self.sessions() as session:
            session.execute(update(Interaction).where(Interaction.source_id == name).values(version=Interaction.version + 1, **values))
            session.commit()

    def rep(self, name: str) -> Principal:
        with self.sessions() as session:
            member = session.scalars(select(Member).where(Member.name == name)).one()
            return Principal(role=Role.REP, member_id=member.id, name=name, clearance=Classification.PERSONAL)


@pytest.fixture
def library(engine: Engine) -> Library:
    return Library(engine)


def test_question_in_chinese_finds_the_english_note_and_the_other_way_round(library: Library) -> None:
    assert library.about("用户培训已完成") >= {"training-en", "training-zh"}
    assert library.about("legal changes to the contract") >= {"lawyer-en", "lawyer-zh"}


def test_what_nobody_wrote_about_finds_nothing(library: Library) -> None:
    for text in ("quantum physics", "holiday in Italy", "天气预报", "vegetarian food", "火灾"):
        assert library.about(text) == set()


def test_hits_carry_snippet_similarity_and_source(library: Library) -> None:
    best = library.search("user training completed")[0]
    assert library.name(best.record_id) in {"training-en", "training-zh"}
    assert best.similarity is not None
    assert 0.3 < best.similarity <= 1
    assert best.snippet == NOTES[library.name(best.record_id)]
    assert (best.source.table, best.source.field, best.source.record) == ("interactions", "body", library.name(best.record_id))


def test_exact_words_are_found_whatever_they_mean(library: Library) -> None:
    hit = library.search("KX-4711")[0]
    assert library.name(hit.record_id) == "erp-en"
    assert hit.literal
    assert library.about("kx-4711") == {"erp-en"}


def test_word_is_not_found_inside_another_word(library: Library) -> None:
    assert library.about("art") == set()  # stands in “department” and “article”


def test_percent_and_underscore_are_letters_not_wildcards(library: Library) -> None:
    library.write("lunch-en", body="The file is called a_b and was sent to them.")
    library.write("invoice-en", body="The file is called axb and was sent to them.")
    library.searcher = Searcher()
    assert library.about("a_b called") <= {"lunch-en"}
    for text in ("% _", "", "…"):
        with pytest.raises(SearchTextEmpty):
            library.about(text)


def test_row_out_of_reach_never_comes_back(library: Library) -> None:
    ada, bo = library.rep("Ada Vane"), library.rep("Bo Lindqvist")
    mine = {name for number, name in enumerate(NOTES) if number % 2 == 0}
    assert library.about("user training completed", ada) == {"training-en"}
    assert library.about("user training completed", bo) == {"training-zh"}
    assert {library.name(hit.record_id) for hit in library.search("customer", ada, 50)} <= mine
    assert {library.name(hit.record_id) for hit in library.search("价格", ada, 50)} <= mine


def test_text_above_the_readers_clearance_is_not_searched(library: Library) -> None:
    blind = Principal(role=Role.DIRECTOR, clearance=Classification.INTERNAL)
    with pytest.raises(NoTexts):  # “none” would be an answer, and a wrong one
        library.about("user training completed", blind)
    assert library.search("KX-4711", blind) == ()


def test_changed_text_is_found_by_its_new_meaning_only(library: Library) -> None:
    library.write("lunch-en", body="All employees got lessons and the training is finished.")
    assert "lunch-en" not in {library.name(hit.record_id) for hit in library.search("lunch with purchasing")}
    report = library.reindex()
    assert (report.texts, report.removed) == (1, 1)
    assert "lunch-en" in library.about("user training completed")
    assert "lunch-en" not in library.about("lunch near the station")


def test_record_that_is_gone_is_not_found_even_while_the_index_has_it(library: Library) -> None:
    with library.sessions() as session:
        session.execute(update(Interaction).where(Interaction.source_id == "training-en").values(gone_at=sourced("x")["as_of"]))
        session.commit()
    assert "training-en" not in library.about("user training completed")
    held = library.index.count("texts-interaction.body")
    library.reindex()
    assert library.index.count("texts-interaction.body") == held - 1


def test_second_run_reads_nothing(library: Library) -> None:
    before = library.index.added
    report = library.reindex()
    assert (report.texts, report.embedded, report.removed, library.index.added) == (0, 0, 0, before)


def test_lost_vectors_are_made_again(library: Library) -> None:
    library.index.kept.clear()
    assert library.about("用户培训已完成") == set()  # letters only, since the index is not whole
    library.reindex()
    assert library.about("用户培训已完成") >= {"training-en", "training-zh"}


class Dying:
    """An embedder whose process is killed after some texts."""

    def __init__(self, after: int) -> None:
        self.after = after

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(texts) > self.after:
            raise KeyboardInterrupt
        return ENCODER.embed(texts)


def test_run_that_was_killed_answers_by_letters_and_is_resumed(engine: Engine) -> None:
    library = Library(engine)
    with library.sessions() as session:
        owner = session.scalars(select(Member)).first()
        session.add_all(
            Interaction(**sourced(f"new-{n}"), owner_id=owner.id, kind="note", body=f"Our users {verb} the training very much.")
            for n, verb in enumerate(("enjoyed", "hated", "ignored"))
        )
        session.commit()
    with pytest.raises(KeyboardInterrupt):
        TextIndexer(library.sessions, Dying(1), library.index).run()
    assert library.about("用户培训已完成") == set()
    assert library.about("training") == {"training-en", "new-0", "new-1", "new-2"}
    assert library.reindex().texts == 3
    assert library.about("用户培训已完成") >= {"training-en", "training-zh"}


def test_hostile_text_is_data_that_is_found_and_nothing_more(library: Library) -> None:
    library.write("lunch-en", body=HOSTILE)
    library.reindex()
    hit = library.search("ignore previous instructions")[0]
    assert library.name(hit.record_id) == "lunch-en"
    assert hit.snippet in HOSTILE
    assert library.search(HOSTILE)[0].record_id == hit.record_id
    assert library.about("user training completed") >= {"training-en"}


def test_prose_in_a_custom_field_is_searched_and_labels_are_not(engine: Engine) -> None:
    library = Library(engine)
    with library.sessions() as session:
        session.add_all(CustomField(entity="interaction", key=key, label=key, type="text") for key in ("remark", "colour"))
        for each in session.scalars(select(Interaction)):
            remark = "The goalkeeper saved a penalty in the football match." if each.source_id == "lunch-en" else "Nothing special was noted down here."
            each.custom = {"remark": remark, "colour": "red" if each.id % 2 else "blue"}
            each.version += 1
        session.commit()
    library.reindex()
    assert library.about("守门员扑出点球") == {"lunch-en"}
    assert library.about("red") == set()


def test_without_vectors_letters_decide(library: Library) -> None:
    library.searcher = Searcher()
    assert library.about("liability clause") == {"lawyer-en"}
    assert library.about("培训") == {"training-zh"}
    assert library.about("users trained") == set()


def test_search_texts_is_one_search(library: Library) -> None:
    with library.sessions() as session:
        hits = search_texts(session, load_model(session), OWNER, SCOPE, ENCODER, library.index, "liability", ["interaction", "ticket"], 1)
    assert library.name(hits[0].record_id) == "lawyer-en"


def test_more_matches_than_can_be_counted_are_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.crm.searching.MOST_RECORDS", 1)
    with pytest.raises(TextsTooMany):
        library.about("the")


# -- the typed query --------------------------------------------------------------------------------------------------


def count(library: Library, query: Query, texts: Searcher | None, principal: Principal = OWNER) -> int:
    with library.sessions() as session:
        model = load_model(session)
        result = run_query(session, query, "q1", model, principal, SCOPE, _rates(session), texts)
    return int(next(iter(result.rows[0].cells.values())).value or 0) if result.rows else 0


def _rates(session: Session) -> RateBook:
    from datetime import date

    return load_rates(session, date(2026, 3, 1), None)


def test_query_counts_the_records_that_are_about_something(library: Library) -> None:
    query = Query(entity="interaction", measures=(MeasureRef(measure="interaction_count"),), where=About(text="user training completed"))
    assert count(library, query, library.searcher) == 2
    assert count(library, query, library.searcher, library.rep("Bo Lindqvist")) == 1
    assert count(library, query.model_copy(update={"where": Not(part=About(text="user training completed"))}), library.searcher) == len(NOTES) - 2


def test_query_without_a_text_search_goes_by_letters(library: Library) -> None:
    assert count(library, Query(entity="interaction", measures=(MeasureRef(measure="interaction_count"),), where=About(text="training")), None) == 1


def test_accounts_whose_notes_are_about_something_are_counted(library: Library) -> None:
    where = Exists(entity="interaction", via="account", where=About(text="legal changes to the contract"))
    assert count(library, Query(entity="account", measures=(MeasureRef(measure="account_count"),), where=where), library.searcher) == 2


def test_records_that_a_planner_wrote_are_overwritten(library: Library) -> None:
    where = About(text="quantum physics", records=(1, 2, 3))
    assert count(library, Query(entity="interaction", measures=(MeasureRef(measure="interaction_count"),), where=where), library.searcher) == 0


def test_what_follows_from_a_text_is_as_sensitive_as_the_text(library: Library) -> None:
    query = Query(entity="interaction", measures=(MeasureRef(measure="interaction_count"),), where=About(text="user training completed"))
    with library.sessions() as session:
        result = run_query(session, query, "q1", load_model(session), OWNER, SCOPE, _rates(session), library.searcher)
    assert {block.classification for block in result.blocks} == {Classification.CONFIDENTIAL}


def test_about_inside_and_or_and_not_is_resolved(library: Library) -> None:
    where = And(parts=(Or(parts=(About(text="user training completed"), About(text="KX-4711"))), Not(part=About(text="培训"))))
    query = Query(entity="interaction", measures=(MeasureRef(measure="interaction_count"),), where=where)
    assert count(library, query, Searcher()) == 2  # by letters: the note on training in English, and KX-4711
    assert count(library, query.model_copy(update={"where": Not(part=where)}), Searcher()) == len(NOTES) - 2


# -- passages ---------------------------------------------------------------------------------------------------------


def test_short_sentence_goes_with_its_neighbour() -> None:
    assert passages("与董哲诺沟通了。技术团队提了两个问题，集中在性能上。已同步给经理了。") == (
        "与董哲诺沟通了。",
        "技术团队提了两个问题，集中在性能上。",
        "已同步给经理了。",
    )
    assert passages("Yes. They want a lower price. OK.") == ("Yes. They want a lower price. OK.",)
    assert passages("They want 2.5 percent off. We said no to that.") == ("They want 2.5 percent off.", "We said no to that.")
    assert all(len(each) <= 400 for each in passages("word " * 500))


def test_gist_leaves_names_numbers_and_addresses_out() -> None:
    names = Names(["Northwind", "Northwind Trading", "董哲诺"])
    assert gist("董哲诺说，Northwind Trading wants 5 % off by 2026-03-01, see a@b.example", names) == "说， wants % off by see"
    assert gist("Northwinds blow", names) == "Northwinds blow"


@pytest.mark.parametrize(
    ("values", "prose"),
    [
        (["Wants a lower price soon", "Left a message on the phone"], True),
        (["希望提供同行案例", "请尽快更新交付计划"], True),
        (["https://news.example/a-b-c-d", "https://news.example/e-f-g-h"], False),
        (["Retail", "Health care", "Technology"], False),
        (["C-2024-001", "C-2024-002"], False),
        (["+86 138 0000 0000", "+86 139 0000 0000"], False),
        ([], False),
    ],
)
def test_field_holds_prose_when_its_values_say_something(values: list[str], prose: bool) -> None:
    assert is_prose(values) is prose
