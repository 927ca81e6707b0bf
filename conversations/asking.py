"""Policy questions in the talk: answered where the person is, or passed to an officer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conversations import correction, own_case, product_search
from conversations.context import Ctx
from conversations.events import AnswerLiked, QuestionAsked, QuestionPassed
from conversations.forms import Form
from conversations.rooms import ROOMS, Room, button
from conversations.said import Said, Turn
from models.content.fold import fold
from models.messages import Button, Say, Talk

#: Tasks the answerer recognises → the room that does them.
TASK_ROOMS = {
    "register": "producer",
    "dossier": "dossier",
    "status": "status",
    "officer": "officer",
    "product_search": "products",
}
LONGEST = 600  # characters of a question that are read: more is a letter, and a flood costs time
_QUESTION_MARKS = (
    "bao nhieu",
    "the nao",
    "lam sao",
    "la gi",
    "o dau",
    "khi nao",
    "co duoc",
    "vi sao",
    "tai sao",
    "how",
    "what",
    "when",
    "where",
    "can i",
    "rang",
    "may diem",
    "may sao",
    "may nam",
    "may thang",
    "may ngay",
    "may bo",
    "can gi",
    "nhung gi",
    "cay gi",
    "con gi",
    "lam gi",
)
#: Last words of short questions; names hardly end so.
_ENDINGS = ("gi", "nao", "bao nhieu", "bao lau", "khi nao", "o dau", "o mo", "mat bao lau")


def interrupts(ctx: Ctx, talk: Talk, room: Room, said: Said) -> bool:
    """A question typed where a form wants free words (a name): it is answered, not recorded."""
    if not isinstance(room, Form) or not said.text or not room.wants_words(ctx, talk):
        return False
    return sounds_like_question(said.text) or _short_question(ctx, said.text)


def _short_question(ctx: Ctx, text: str) -> bool:
    """ "hồ sơ cần gì": ends like a question, and is one we have an answer to."""
    words = fold(text).strip(" .!?")
    if ctx.answerer is None or " " not in words or not words.endswith(_ENDINGS):
        return False
    answer = ctx.answerer().answer(text[:LONGEST], ctx.today)
    return bool(answer.answered or answer.kind == "task")


def sounds_like_question(text: str) -> bool:
    """Ends in a question mark, or has a question word and enough words to be a sentence."""
    said = fold(text)
    if text.rstrip().endswith("?") and len(said.split()) >= 3:
        return True
    words = f" {said} "
    return len(said.split()) >= 5 and any(f" {mark} " in words for mark in _QUESTION_MARKS)


def question(ctx: Ctx, talk: Talk, room: Room | None, text: str) -> Turn | None:
    """The answer, and the same step again in the same message; None when it is no question."""
    if ctx.answerer is None:
        return None
    if not ctx.records.has_left(ctx.person.id, "question"):
        return too_many(ctx, talk, room)
    if not isinstance(room, Form) and named_product(ctx, text):
        return task(ctx, talk, "product_search", text)
    history = [str(q) for q in talk.question.get("asked", [])]  # type: ignore[attr-defined]
    answer = ctx.answerer().answer(text[:LONGEST], ctx.today, history=history)
    if answer.kind == "task" and not isinstance(room, Form):
        started = task(ctx, talk, answer.intent, text)
        if started is not None:  # a sum of rewards has no room: it is told in words
            return started
    if not answer.answered and not worth_passing(answer, room, text):
        return None
    return told(ctx, talk, room, text, answer)


def too_many(ctx: Ctx, talk: Talk, room: Room | None) -> Turn:
    """Asked faster than anybody reads answers: a rest, and the same step again."""
    from conversations import menu

    note = ctx.t("Bà con hỏi nhiều câu liền quá. Bà con đợi một phút rồi hỏi tiếp nhé.")
    return Turn(talk, room.show(ctx, talk, note)) if room else menu.again(ctx, talk, note)


def named_product(ctx: Ctx, text: str) -> bool:
    """A recognised product named in a few words, perhaps with its place or star."""
    if len(text.split()) > 8 or sounds_like_question(text):
        return False
    want = product_search.wanted(ctx.content, text)
    return bool(want.words) and product_search.names_one(ctx.records, want)


def answered(ctx: Ctx, talk: Talk, room: Room, text: str) -> Turn | None:
    """What a step did not understand, when it is a question there is an answer to."""
    return question(ctx, talk, room, text) if sounds_like_question(text) else None


def worth_passing(answer: Any, room: Room | None, text: str) -> bool:
    """An unanswered text is met as a question when it reads like one, or nothing else is open."""
    return answer.kind == "refusal" or sounds_like_question(text) or room is None


def task(ctx: Ctx, talk: Talk, intent: str | None, text: str = "") -> Turn | None:
    """ "tôi muốn đăng ký" starts the flow that does it."""
    from conversations import menu

    key = TASK_ROOMS.get(intent or "")
    looked_for = {"q": text[:200]} if key == "products" else {}
    return menu.go(ctx, talk, key, looked_for) if key and ROOMS.get(key) else None


def told(ctx: Ctx, talk: Talk, room: Room | None, text: str, answer: Any) -> Turn:
    """The answer drawn, with its buttons, then the open step."""
    asked = [*talk.question.get("asked", []), text[:LONGEST]][-3:]  # type: ignore[misc]
    kept: dict[str, object] = {"asked": asked}
    if answer.kind == "unknown":
        kept["open"] = text[:1000]
    after = replace(talk, question=kept, misses=0)
    say = with_own(ctx, drawn(ctx, answer), answer)
    if room is not None:
        step = room.show(ctx, after)
        # between two questions of a form only what cannot wait: its own choices stay in sight
        mine = [row for row in say.rows if row[0].action == "ask:pass"]
        say = replace(step, text=f"{say.text}\n\n—\n{step.text}", rows=(*mine, *step.rows))
    else:
        say = replace(say, rows=(*say.rows, (button(ctx, "Menu", "nav:menu"),)))
    return Turn(after, say, (QuestionAsked(answer.topic, answer.answered),))


def with_own(ctx: Ctx, say: Say, answer: Any) -> Say:
    """An answer that begins with the person's own case where it touches it."""
    if not answer.answered or ctx.answerer is None:
        return say
    spoken = replace(ctx, person=replace(ctx.person, language=answer.lang))
    lines, rows = own_case.of(spoken, ctx.answerer().sides(answer.topic))
    if not lines:
        return say
    return replace(say, text="\n".join([*lines, "", say.text]), rows=(*rows, *say.rows))


def drawn(ctx: Ctx, answer: Any) -> Say:
    """An answer as a message: text, "Xem thêm", related questions, thumbs; or ask an officer."""
    rows: list[tuple[Button, ...]] = []
    first = answer.sources[0].passage_id if answer.sources else ""
    if answer.more and first:
        rows.append((button(ctx, "Xem thêm", f"ask:more={first}"),))
    rows += [
        (Button(r.title, f"ask:see={r.passage_id}"),)
        for r in answer.related[:3]
        if len(r.passage_id) <= 38
    ]
    if answer.kind == "unknown":
        rows.append((button(ctx, "Chuyển câu hỏi cho cán bộ", "ask:pass", "primary"),))
    elif answer.answered and first:
        rows.append((Button("👍", f"ask:up={first}"), Button("👎", f"ask:down={first}")))
        rows += correction.offer(ctx, first)
    return Say(answer.text, tuple(rows))


def pressed(ctx: Ctx, talk: Talk, what: str) -> Turn:
    """A button under an answer."""
    from conversations import menu

    verb, _, passage_id = what.partition("=")
    if verb in ("up", "down"):
        return liked(ctx, talk, passage_id, verb == "up")
    if verb == "pass" and talk.question.get("open"):
        return menu.go(ctx, talk, "officer", {"question": str(talk.question["open"])})
    if verb in ("more", "see") and ctx.answerer is not None:
        answer = ctx.answerer().passage(passage_id, ctx.today, ctx.lang)
        if answer is not None:
            say = drawn(ctx, answer)
            text = answer.more if verb == "more" and answer.more else answer.text
            return Turn(talk, replace(say, text=text))
    return menu.again(ctx, talk, menu.old_button(ctx))


def liked(ctx: Ctx, talk: Talk, passage_id: str, good: bool) -> Turn:
    """A thumb; one that points down may take the question on to an officer."""
    from conversations import menu

    asked = talk.question.get("asked", [])
    event = AnswerLiked(passage_id, good)
    if good or not isinstance(asked, list) or not asked:
        return replace(menu.again(ctx, talk, ctx.t("Cảm ơn bà con đã góp ý.")), events=(event,))
    after = replace(talk, question={**talk.question, "open": str(asked[-1])[:1000]})
    note = ctx.t("Cảm ơn bà con. Chưa đúng ý thì mình chuyển câu hỏi cho cán bộ trả lời.")
    turn = menu.again(ctx, after, note)
    row = (button(ctx, "Chuyển câu hỏi cho cán bộ", "ask:pass", "primary"),)
    return replace(turn, say=replace(turn.say, rows=(row, *turn.say.rows)), events=(event,))


def in_group(ctx: Ctx, talk: Talk, text: str) -> Turn | None:
    """A policy answer in a group; None when there is none."""
    if ctx.answerer is None or not text or not ctx.records.has_left(ctx.person.id, "question"):
        return None
    answer = ctx.answerer().answer(text[:LONGEST], ctx.today)
    if not answer.answered:
        return None
    return Turn(talk, Say(answer.text), (QuestionAsked(answer.topic, True),))


def passed(text: str, topic: str = "") -> QuestionPassed:
    """The event that makes a ticket of a question."""
    return QuestionPassed(text=text[:2000], topic=topic)
