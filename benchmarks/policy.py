"""Policy answers beside plain BM25, SQLite FTS5 and fuzzy matching, in one run.

`python -m benchmarks.policy` asks every question kept with the tests: right answers by wording,
what the wrong ones became, speed, memory and the time to be ready. `--parts` adds what each part of
the understanding is worth; `--folds` hides a fifth of the content's examples at a time.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.policy_rivals import RIVALS
from conversations.policy import Answerer, answer, features, finder, understand, weights
from conversations.policy.features import vocabulary
from conversations.policy.finder import Finder
from conversations.policy.passages import Library, provinces
from conversations.policy.reading import Reader
from conversations.policy.spelling import Speller
from models.content import content_root
from scripts import learn as learning
from tests.policy import gold
from tests.policy.questions import TODAY, Asked, read

OUTCOMES = ("right", "other passage", "not sure", "refused", "answered, not ours")


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def outcome(answerer: Answerer, asked: Asked) -> str:
    """What became of one question."""
    told = answerer.answer(asked.text, TODAY, asked.lang(), asked.history)
    if asked.answered_by(told):
        return "right"
    if asked.right[0].startswith("!"):
        return "answered, not ours"
    if told.kind == "refusal":
        return "refused"
    return "other passage" if told.answered else "not sure"


def confusion(answerer: Answerer, questions: list[Asked]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for asked in questions:
        found[asked.variant][outcome(answerer, asked)] += 1
    return found


def unseen(answerer: Answerer) -> Iterator[str]:
    """The share of `tests/policy/gold` answered rightly and enough, by wording."""
    right, every = Counter[str](), Counter[str]()
    for one in gold.read():
        good = one.right(one.asked(answerer))
        for variant in (one.variant, "all"):
            every[variant] += 1
            right[variant] += good
    for variant, count in every.items():
        yield f"{variant:<16}{count:>6}   {100 * right[variant] / count:5.1f} %"


def speed(answerer: Answerer, questions: list[Asked]) -> list[float]:
    """Milliseconds of one core a question takes, understanding and wording included."""
    taken = []
    for asked in questions:
        began = time.process_time()
        answerer.answer(asked.text, TODAY, asked.lang(), asked.history)
        taken.append(1000 * (time.process_time() - began))
    return taken


def rivals(library: Library, questions: list[Asked]) -> Iterator[str]:
    """One line for each other way: right passages among the in-scope questions, and its speed."""
    facts = [q for q in questions if q.right[0][0] not in "!=" and not q.history]
    for name, make in RIVALS.items():
        find = make(library)
        right, taken = 0, []
        for asked in facts:
            began = time.process_time()
            label = find(asked.text)
            taken.append(1000 * (time.process_time() - began))
            right += any(label.startswith(r) for r in asked.right)
        yield _line(name, right, len(facts), taken)


def ours(answerer: Answerer, questions: list[Asked]) -> str:
    facts = [q for q in questions if q.right[0][0] not in "!=" and not q.history]
    right = sum(outcome(answerer, q) == "right" for q in facts)
    return _line("ours", right, len(facts), speed(answerer, facts))


def _line(name: str, right: int, every: int, taken: list[float]) -> str:
    middle, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return f"{name:<28}{100 * right / every:6.1f} %{middle:8.2f} ms{slow:8.2f} ms"


@contextmanager
def without(place: object, name: str, value: object) -> Iterator[None]:
    """`place.name` is `value` for a while."""
    held = getattr(place, name)
    setattr(place, name, value)
    try:
        yield
    finally:
        setattr(place, name, held)


PARTS: dict[str, tuple[object, str, object]] = {
    "all parts": (finder, "_PART", finder._PART),
    "means instead of learning": (finder, "_PART", finder._PART),
    "no letters": (weights, "of_letters", lambda words: Counter[str]()),
    "no wordings of one meaning": (features.Concepts, "found", lambda self, words: set()),
    "no roots of English words": (features, "root", lambda word: word),
    "no titles and sentences": (Finder, "called", lambda self: iter(())),
    "no mending of slips": (Speller, "mend", lambda self, words: list(words)),
    "no dialect and shorthand": (understand, "_mapped", lambda said, words: iter(said)),
    "no clauses": (Reader, "parts", lambda self, whole: []),
    "no computing": (answer, "_COMPUTED", ()),
}


def parts(questions: list[Asked]) -> Iterator[str]:
    """What is right without each part, the weights learned anew without it."""
    for name, (place, attribute, value) in PARTS.items():
        with without(place, attribute, value):
            answerer = Answerer()
            answerer.finder.weights = learning.learned(answerer.finder)
            if name.startswith("means"):
                answerer.finder.weights = answerer.finder.unlearned(
                    answerer.finder.weights.concepts
                )
            found = confusion(answerer, questions)
        right = sum(counts["right"] for counts in found.values())
        each = "  ".join(f"{v} {_share(c):.0f}" for v, c in found.items())
        yield f"{name:<28}{100 * right / len(questions):6.1f} %   {each}"


def _share(counts: Counter[str]) -> float:
    return 100 * counts["right"] / counts.total()


def folds(count: int = 5) -> float:
    """The share of the content's own examples found when they are hidden, a fold at a time."""
    found = learning.finder(root := content_root(), provinces(root)[0])
    examples = found.examples()
    random.Random(7).shuffle(examples)
    right = 0
    for fold in range(count):
        seen = [one for place, one in enumerate(examples) if place % count != fold]
        known = vocabulary([words for _, words, _ in seen])
        learned = learning.fitted(found, seen, known, "")
        right += sum(learned.search(words)[0].label == x for x, words, _ in examples[fold::count])
    return right / len(examples)


def made() -> tuple[Answerer, float, float]:
    """The answerer, the seconds of one core it took, and the megabytes it added at the peak."""
    gc.collect()
    before, began = memory_mb(), time.process_time()
    answerer = Answerer()
    answerer.answer("OCOP là gì?", TODAY)
    return answerer, time.process_time() - began, memory_mb() - before


def _table(found: dict[str, Counter[str]]) -> Iterator[str]:
    yield f"{'wording':<16}{'asked':>6}" + "".join(f"{name:>20}" for name in OUTCOMES)
    for variant, counts in found.items():
        cells = "".join(f"{counts[name]:>20}" for name in OUTCOMES)
        yield f"{variant:<16}{counts.total():>6}{cells}   {_share(counts):5.1f} %"


def main(say: Callable[[str], None] = print) -> None:
    asked_for = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked_for.add_argument("--parts", action="store_true", help="what each part is worth")
    asked_for.add_argument("--folds", action="store_true", help="cross-validation of the examples")
    wanted = asked_for.parse_args()
    answerer, seconds, grown = made()
    questions = read()
    say(f"ready in {seconds:.2f} s, {grown:.0f} MB more")
    for line in _table(confusion(answerer, questions)):
        say(line)
    say("\nwritten without sight of the content:")
    for line in unseen(answerer):
        say(line)
    say(f"\n{'way':<28}{'right':>8}{'median':>11}{'p95':>11}")
    say(ours(answerer, questions))
    for line in rivals(answerer.library, questions):
        say(line)
    if wanted.folds:
        say(f"\nexamples found when hidden, five folds: {100 * folds():.1f} %")
    if wanted.parts:
        for line in parts(questions):
            say(line)


if __name__ == "__main__":
    main()
