from pathlib import Path

import pytest

from app.cli.main import main
from tests.fakes.command_line import FOUNDER, PASSPHRASE


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the starter library that nobody touches."""
    folder = tmp_path_factory.mktemp("pristine") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
        assert main(["init", str(folder), "--as", FOUNDER, "--vault", "file"]) == 0
    return folder
