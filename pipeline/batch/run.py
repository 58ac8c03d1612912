"""A run from input files to run directory: read what is new, then write the tables of all."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

from pipeline import extractors
from pipeline.batch import quick
from pipeline.batch.account import Account, write_account
from pipeline.batch.inputs import CACHE, Input, gather, refuse_overwriting
from pipeline.batch.lock import locked
from pipeline.batch.plan import Plan
from pipeline.batch.reading import Reading, read_all
from pipeline.batch.report import Listener, RunReport, told
from pipeline.batch.state import State, config_digest, fingerprint
from pipeline.batch.tabulate import tabulate
from pipeline.batch.twins import better_copies
from pipeline.batch.work import RESULTS, STAGES, DistantWork, MiningWork
from pipeline.datamodel import DocumentResult, Failure, Metadata
from pipeline.errors import StorageError
from pipeline.files import make_folder
from pipeline.fingerprint import package_digest, tesseract_stamp
from pipeline.store import ResultStore, key_of
from pipeline.store.stages import StageStore


class Run:
    """One run, from hashing to ``run.json``."""

    def __init__(self, plan: Plan, listener: Listener) -> None:
        self.plan, self.listener = plan, listener
        self.report = RunReport()
        self.started = datetime.now(timezone.utc)
        self.clock = time.perf_counter()
        self.folder = plan.folder
        self.cache = plan.output / CACHE
        self.store = ResultStore(self.cache / RESULTS)
        # A cluster that runs already may share no disk with this machine.
        kind = DistantWork if plan.scheduler else MiningWork
        self.work = kind(settings=plan.settings, cache=self.cache)

    def go(self) -> RunReport:
        """Read all inputs and write the run directory."""
        make_folder(self.folder)
        with locked(self.folder, self.folder / CACHE):
            return self._go()

    def _go(self) -> RunReport:
        inputs = self._inputs()
        refuse_overwriting(inputs, self.folder / "text")
        state = State.read(self.folder / CACHE)
        self._lap("hash")
        reading = self._read(inputs)
        self._lap("read")
        self.listener.writing()
        replace(state, fingerprint="").write(self.folder / CACHE)
        try:
            names = tabulate(self.folder, self._results(inputs, reading), self.report)
        except OSError as error:
            raise StorageError(self.folder, error) from error
        state.remove_all_but(names, self.folder)
        self._lap("tables")
        self._account(inputs, reading)
        settled = not reading.passing and not self.report.pending
        if settled and self.folder == self.plan.output:
            self.store.prune(one.key for one in inputs)
            self._stages().prune((one.sha256, one.ending) for one in inputs)
        new = State(
            fingerprint=fingerprint(inputs) if settled else "",
            package=package_digest() + tesseract_stamp(),
            config=config_digest(self.plan.config),
            endings=list(extractors.suffixes()),
            quick=self._mark(inputs) if settled else {},
            report=self.report,
        )
        new.of_files((*names, "run.json"), self.folder).write(self.folder / CACHE)
        return self.report

    def _inputs(self) -> tuple[Input, ...]:
        digest = self.plan.settings.digest() + tesseract_stamp()
        found = gather(self.plan.given, extractors.suffixes(), self.plan.output, self.plan.shard)
        return tuple(one if one.problem else replace(one, key=key_of(one.sha256, one.ending, digest)) for one in found)

    def _read(self, inputs: Sequence[Input]) -> Reading:
        """Read what no earlier run has left in the store; the same content is read once."""
        keys = {one.key: index for index, one in reversed(list(enumerate(inputs))) if one.key}
        if self.plan.fresh:
            for key in keys:
                self.store.drop(key)
            if self.folder == self.plan.output:
                self._stages().prune(())
        stored = {key for key in keys if self.store.has(key)}
        todo = sorted(index for key, index in keys.items() if key not in stored)
        self.report.documents = len(inputs)
        self.report.cached = sum(one.key in stored for one in inputs)
        self.listener.begin(len(inputs), self.report.cached)
        reading = read_all(self.plan, self.work, inputs, todo, self.listener)
        first = {inputs[index].key: index for index in reading.done if inputs[index].key}
        for index, one in enumerate(inputs):
            if one.key in stored:
                reading.done.add(index)
            elif one.key in first and index not in reading.done:
                reading.done.add(index)
                if failure := reading.failures.get(first[one.key]):
                    reading.failures[index] = failure
                self.listener.done(one, reading.failures.get(index))
        self.report.pending = len(inputs) - len(reading.done)
        return reading

    def _results(self, inputs: Sequence[Input], reading: Reading) -> Iterator[tuple[DocumentResult, int]]:
        """The results in the inputs' order, each under the name that its file has in this run."""
        twins = better_copies(inputs, self._front_matter(inputs, reading))
        self.report.twins = len(twins)
        for index in sorted(reading.done):
            one, failure = inputs[index], reading.failures.get(index)
            result = DocumentResult(source=one.source, failure=failure) if failure else self._stored(one)
            if result.failure:
                trace = reading.traces.get(index)
                self.report.failures.append(told(one, result.failure) | ({"traceback": trace} if trace else {}))
            if index in twins:
                result = _without_rows(result, inputs[twins[index]].doc_id)
            yield replace(result, source=replace(one.source, media_type=result.source.media_type)), one.copy
        self.report.failed = len(self.report.failures)

    def _front_matter(self, inputs: Sequence[Input], reading: Reading) -> dict[int, Metadata]:
        """Of the documents that were read, where there may be two of one article."""
        if len({one.rank for one in inputs}) < 2:
            return {}
        found: dict[int, Metadata] = {}
        for index in reading.done - reading.failures.keys():
            try:
                told = self.store.metadata(inputs[index].key)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                result = self._stored(inputs[index])
                told = None if result.failure else result.metadata
            if told is not None:
                found[index] = told
        return found

    def _stored(self, one: Input) -> DocumentResult:
        """What the store holds; where a disk has spoilt it, the document is read again."""
        result = self.store.get(one.key)
        if result is None:
            self._mend(one)
            result = self.store.get(one.key)
        if result is None:
            raise StorageError(self.cache, OSError("a result cannot be read back"))
        return result

    @cached_property
    def _mend(self) -> Callable[[Input], Failure | None]:
        """Reads a document in this very process."""
        return MiningWork(settings=self.plan.settings, cache=self.cache)()

    def _stages(self) -> StageStore:
        return StageStore(self.cache / STAGES, self.plan.settings)

    def _account(self, inputs: Sequence[Input], reading: Reading) -> None:
        self.report.seconds["total"] = sum(self.report.seconds.values())
        account = Account(
            settings=self.plan.settings,
            started=self.started.isoformat(timespec="seconds"),
            engine=reading.engine,
            jobs=reading.jobs,
            worker_megabytes=reading.megabytes,
            inputs=[
                {"doc_id": one.doc_id, "path": one.path, "sha256": one.sha256}
                | ({"seconds": round(reading.seconds[index], 3)} if index in reading.seconds else {})
                for index, one in enumerate(inputs)
            ],
        )
        write_account(self.folder / "run.json", account, self.report)

    def _mark(self, inputs: Sequence[Input]) -> dict[str, Any]:
        config = str(self.plan.config) if self.plan.config else None
        found = ((one.path, one.sha256) for one in inputs)
        return quick.mark([str(one) for one in self.plan.given], str(self.plan.output), config, found)

    def _lap(self, phase: str) -> None:
        now = time.perf_counter()
        self.report.seconds[phase] = now - self.clock
        self.clock = now


def _without_rows(result: DocumentResult, used_instead: str) -> DocumentResult:
    """What remains of a document whose article is read from a better copy: its text and the record of its reading."""
    return replace(
        result, used_instead=used_instead, cases=(), regimens=(), responses=(), toxicities=(), measurements=()
    )
