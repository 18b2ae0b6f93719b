"""How Rasa gets at the training data: as always, but not before they agree with themselves."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import tuning
from bot.training_data.contradictions import describe, find_faults
from bot.training_data.examples import read_examples, read_messages

tuning.apply()


class ContradictoryData(RasaException):
    """The same text stands in two places; says which, and where."""


class CheckedFileImporter(RasaFileImporter):
    """Rasa's own importer, which refuses training data that contradict themselves.

    `config.yml` names it under `importers`, so that every command that reads the data checks them. `development`, from
    the folder of that file, is where the messages are that nothing may be trained on.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        development: str | None = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._root = Path(config_file or ".").resolve().parent
        self._development = development

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The training data. Raises ContradictoryData."""
        development = read_messages(self._root / self._development) if self._development else ()
        faults = find_faults(read_examples(map(Path, self._nlu_files)), development)
        if faults:
            raise ContradictoryData(describe(faults, self._root))
        return super().get_nlu_data(language)
