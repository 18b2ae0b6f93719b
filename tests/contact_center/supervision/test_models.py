"""Which model belongs to which data."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from contact_center.supervision.models import INGREDIENTS, fingerprint, lock, model_path, newest_model, prune


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with every ingredient."""
    for ingredient in INGREDIENTS:
        path = tmp_path / ingredient
        path = path if path.suffix else path / "part.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ingredient)
    return tmp_path


@pytest.mark.parametrize("ingredient", INGREDIENTS)
def test_a_change_in_any_ingredient_makes_another_model(project: Path, ingredient: str) -> None:
    before = model_path(project)
    path = project / ingredient
    (path if path.is_file() else path / "part.yml").write_text("changed")
    assert model_path(project) != before


def test_a_renamed_file_makes_another_model(project: Path) -> None:
    before = fingerprint(project)
    (project / "nlu_data/part.yml").rename(project / "nlu_data/other.yml")
    assert fingerprint(project) != before


def test_times_and_caches_make_no_difference(project: Path) -> None:
    before = fingerprint(project)
    for file in project.rglob("*"):
        os.utime(file, (1, 1))
    (project / "bot/arabic/__pycache__").mkdir()
    (project / "bot/arabic/__pycache__/part.cpython-310.pyc").write_bytes(b"compiled")
    assert fingerprint(project) == before


def test_old_models_go_and_other_files_stay(tmp_path: Path) -> None:
    models = [tmp_path / f"{number:016x}.tar.gz" for number in range(5)]
    for number, path in enumerate(models):
        path.touch()
        os.utime(path, (number, number))
    mine = tmp_path / "20260101-my-own.tar.gz"
    mine.touch()
    prune(tmp_path, keep=models[1])
    assert sorted(tmp_path.iterdir()) == sorted([models[1], models[4], mine])


def test_the_newest_model_is_the_one_trained_last(tmp_path: Path) -> None:
    assert newest_model(tmp_path) is None
    (tmp_path / "models").mkdir()
    for number, age in ((1, 10), (2, 30), (3, 20)):
        path = tmp_path / "models" / f"{number:016x}.tar.gz"
        path.touch()
        os.utime(path, (age, age))
    newest = newest_model(tmp_path)
    assert newest
    assert newest.name == f"{2:016x}.tar.gz"


async def test_two_do_not_train_at_once(tmp_path: Path) -> None:
    order: list[str] = []

    async def train(name: str) -> None:
        async with lock(tmp_path):
            order.append(f"{name} begins")
            await asyncio.sleep(0.1)
            order.append(f"{name} ends")

    started = time.monotonic()
    await asyncio.gather(train("a"), train("b"))
    assert order in (["a begins", "a ends", "b begins", "b ends"], ["b begins", "b ends", "a begins", "a ends"])
    assert time.monotonic() - started < 5
