"""The suite's answers as items: what is right must pass, and what is wrong must be told so."""

import ast
from collections.abc import Iterator
from functools import cached_property, partial

from torchkata.judge.loading import LearnerFile, NotLoadable
from torchkata.judge.oracle import Subject
from torchkata.practice.checks import Check, CheckedFile, NotAsItMustBe, first_failure, text_of
from torchkata.suite.curriculum import SuiteError


class AnswerFile(CheckedFile):
    """tests/answers/<topic>/<name>/right_….py must pass everywhere; wrong_….py must be refused.

    The first line of a wrong answer's docstring is part of the verdict that it must get.
    """

    def checks(self) -> Iterator[Check]:
        if self.path.stem.startswith("right_"):
            for device in self.devices:
                yield Check(f"accepted[{device}]", partial(self._accepted, device))
        elif self.path.stem.startswith("wrong_"):
            yield Check("refused", self._refused)
        else:
            raise SuiteError(f"{self.path}: must be called right_….py or wrong_….py")

    @cached_property
    def _subject(self) -> Subject:
        name = f"tests.answers.{self.exercise.name}.{self.path.stem}"
        return self.judge.learner(LearnerFile(self.path, self.judge.oracle.stub), name)

    def _accepted(self, device: str) -> None:
        try:
            verdict = first_failure(self.judge, self._subject, device)
        except NotLoadable as error:
            raise NotAsItMustBe(f"{self.path}: {error}") from None
        if verdict is not None:
            raise NotAsItMustBe(f"A right answer is refused.\n\n{text_of(verdict)}")

    def _refused(self) -> None:
        docstring = ast.get_docstring(ast.parse(self.path.read_text(encoding="utf-8"))) or ""
        said = docstring.partition("\n")[0]
        if not said:
            raise NotAsItMustBe(f"{self.path}: its docstring must quote the verdict it must get.")
        texts = []
        for device in self.devices:
            verdict = first_failure(self.judge, self._subject, device)
            if verdict is None:
                continue
            texts.append(text_of(verdict))
            if said in " ".join(texts[-1].split()):
                return
        if not texts:
            raise NotAsItMustBe(f"{self.path}: a wrong answer passes on {', '.join(self.devices)}.")
        raise NotAsItMustBe(f"{said!r} is not in the verdict:\n\n" + "\n\n".join(texts))
