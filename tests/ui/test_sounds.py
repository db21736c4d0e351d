import runpy
import wave
from array import array
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from erpdesk.paths import resource
from ui.work.sounds import SOUNDS, Sounds, player

LENGTHS_MS = {"ok": 90, "repeat": 200, "unexpected": 280, "refused": 400}


@pytest.mark.parametrize(
    ("there", "called"),
    [
        ({"pw-play", "paplay", "aplay"}, ("/bin/pw-play", ["ok.wav"])),
        ({"paplay", "aplay"}, ("/bin/paplay", ["ok.wav"])),
        ({"aplay"}, ("/bin/aplay", ["-q", "ok.wav"])),
    ],
)
def test_that_the_first_program_that_is_there_plays(
    there: set[str], called: tuple[str, list[str]]
) -> None:
    calls: list[tuple[str, list[str]]] = []
    play = player(
        platform="linux",
        find=lambda name: f"/bin/{name}" if name in there else None,
        start=lambda program, said: calls.append((program, said)),
    )

    play(Path("ok.wav"))

    assert calls == [called]


def test_that_a_computer_without_a_player_beeps(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))

    player(platform="linux", find=lambda _: None)(Path("ok.wav"))

    assert beeps == [1]


def test_that_sounds_that_are_off_play_nothing() -> None:
    played: list[Path] = []
    sounds = Sounds(played.append, volume_percent=0)

    sounds.play("ok")
    sounds.close()

    assert played == []


def test_that_volume_and_pitch_are_in_what_is_played() -> None:
    played: list[Path] = []
    sounds = Sounds(played.append, volume_percent=50, pitch_percent=110)

    sounds.play("refused")

    with wave.open(str(played[0])) as made, wave.open(str(resource("sounds/refused.wav"))) as own:
        assert made.getframerate() == own.getframerate() * 110 // 100
        soft, loud = (max(abs(one) for one in _samples(file)) for file in (made, own))
    sounds.close()
    assert abs(soft * 2 - loud) <= 2


@pytest.mark.parametrize("sound", SOUNDS)
def test_that_each_sound_has_its_length_and_is_what_its_shape_says(sound: str) -> None:
    shapes = runpy.run_path(str(resource("sounds/shapes.py")))

    with wave.open(str(resource(f"sounds/{sound}.wav"))) as file:
        length_ms = file.getnframes() * 1000 / file.getframerate()
        data = file.readframes(file.getnframes())

    assert abs(length_ms - LENGTHS_MS[sound]) < 2
    assert data == array("h", shapes["samples"](sound)).tobytes()


def _samples(file: wave.Wave_read) -> list[int]:
    return list(memoryview(file.readframes(file.getnframes())).cast("h"))
