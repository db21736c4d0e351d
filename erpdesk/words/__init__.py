"""What a person reads: the sentence of every refusal, the name of every state, role and kind.

A sentence has three parts: what happened · what was not done · what to do. Chinese and English
stand side by side, so that neither is ever missing; a test looks at every class and code.
"""

from erpdesk.errors import ErpdeskError, RefusedError
from erpdesk.words.names import KINDS, ROLES, STATES, VERBS, state_word
from erpdesk.words.sentence import NOT, NOTHING, Language, Sentence

__all__ = [
    "KINDS",
    "ROLES",
    "STATES",
    "VERBS",
    "Language",
    "Sentence",
    "explain",
    "sentence_of",
    "standing",
    "state_word",
]  # fmt: skip


def explain(error: ErpdeskError, language: Language = "zh") -> str:
    """Return the sentence for an error in a language."""
    return sentence_of(error).said(language, error.facts)


def standing(error: ErpdeskError, language: Language = "zh") -> str:
    """Return what stands against something nobody has tried: that nothing was changed is plain."""
    said = explain(error, language)
    return said.replace(NOTHING, "").replace(f" {NOT.rstrip()}", "")


def sentence_of(error: ErpdeskError) -> Sentence:
    """Return the two-language sentence of an error: by its guard code, else by its class."""
    from erpdesk.words.guards import GUARDS  # most runs are refused nothing at first
    from erpdesk.words.refusals import REFUSALS

    if isinstance(error, RefusedError) and error.code in GUARDS:
        return GUARDS[error.code]
    for kind in type(error).__mro__:
        if kind.__name__ in REFUSALS:
            return REFUSALS[kind.__name__]
    return REFUSALS["StorageError"]
