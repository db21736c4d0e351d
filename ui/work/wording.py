"""What the windows say, in the language of now: a switch says all of it again, at once."""

from collections.abc import Callable, Mapping
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from erpdesk.errors import ErpdeskError
from erpdesk.words import Language, Sentence, explain


class Wording(QObject):
    """Says sentences, and remembers where they stand; ``switched`` comes after a switch."""

    switched = Signal(str)

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language: Language = language
        self._placed: WeakKeyDictionary[QObject, dict[str, tuple[Sentence, Mapping[str, object]]]]
        self._placed = WeakKeyDictionary()

    def say(self, sentence: Sentence, **facts: object) -> str:
        """Return a sentence in the language of now; facts may be sentences themselves."""
        known = {name: self._said(fact) for name, fact in facts.items()}
        return sentence.said(self.language, known)

    def put(self, part: QObject, setter: str, sentence: Sentence, **facts: object) -> None:
        """Let a part say a sentence by one of its setters, in every language from now on."""
        self._placed.setdefault(part, {})[setter] = (sentence, facts)
        getattr(part, setter)(self.say(sentence, **facts))

    def forget(self, part: QObject, setter: str) -> None:
        """Leave a part as it is: what it shows now is no sentence."""
        self._placed.get(part, {}).pop(setter, None)

    def use(self, language: Language) -> None:
        """Say everything in another language."""
        self.language = language
        for part, setters in list(self._placed.items()):
            if not isValid(part):
                del self._placed[part]
                continue
            for setter, (sentence, facts) in setters.items():
                getattr(part, setter)(self.say(sentence, **facts))
        self.switched.emit(language)

    def when_switched(self, say: Callable[[], object]) -> None:
        """Call a part's own method after every switch; Qt lets go of it when the part is gone.

        A lambda would live on without its part, and speak of what has been deleted.
        """
        self.switched.connect(say)

    def _said(self, fact: object) -> object:
        return self.say(fact) if isinstance(fact, Sentence) else fact


def literal(text: str) -> Sentence:
    """Return a text that is the same in every language, such as a name."""
    kept = text.replace("{", "{{").replace("}", "}}")
    return Sentence(kept, kept)


def refusal(error: ErpdeskError) -> Sentence:
    """Return what an error says, in both languages, with its facts."""
    zh, en = literal(explain(error, "zh")), literal(explain(error, "en"))
    return Sentence(zh.zh, en.en)
