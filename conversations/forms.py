"""A form as a room: draws the engine's steps and turns what is said into the engine's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from conversations import engine, pages
from conversations.asker import CtxAsker
from conversations.context import Ctx
from conversations.events import Event
from conversations.more_steps import FileStep
from conversations.rooms import Room, button, enter, grid, leave
from conversations.said import Go, Said, Turn
from conversations.steps import Choice, Phone, Review, Step, Text
from conversations.understand import edit_number
from models.messages import Button, Say, Talk


@dataclass(frozen=True, slots=True)
class Done:
    """What a finished form gives: events, a note, and the room to go to next ("" = menu)."""

    events: tuple[Event, ...] = ()
    note: str = ""
    then: str = ""
    answers: Mapping[str, Any] | None = None  # for the next room


class Form(Room):
    """A declared form: subclasses give `key`, `title`, `steps`, `finish`, and may give `facts`."""

    steps: ClassVar[tuple[Step, ...]] = ()

    def facts(self, ctx: Ctx, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Answers known beforehand (the registered phone ...): never asked twice."""
        return {}

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        """Every answer is there. `answers` holds only those that count."""
        raise NotImplementedError

    def again(self, answers: Mapping[str, Any], note: str, *keys: str) -> Done:
        """Finished with what does not fit: these steps are asked again, then the review."""
        gone = (*keys, self.steps[-1].key)
        kept = {key: value for key, value in answers.items() if key not in gone}
        return Done(note=note, then=self.key, answers=kept)

    def intro(self, ctx: Ctx, answers: Mapping[str, Any]) -> str:
        """A sentence before the first question."""
        return ""

    # -- room ----------------------------------------------------------------------------------
    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = enter(self, talk, answers)
        known = self.facts(ctx, inside.answers)
        inside = replace(inside, answers={**known, **inside.answers})
        return Turn(inside, self.show(ctx, inside, self.intro(ctx, inside.answers)))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        asker = CtxAsker(ctx)
        path = engine.Path(self.steps, asker, talk.answers)
        step = path.current(talk) or path.steps[-1]
        lines = [note] if note else []
        if isinstance(step, Review):
            lines.append(self._summary(ctx, path))
        else:
            lines.append(self._question(ctx, path, step, talk))
        return Say("\n\n".join(lines), self._rows(ctx, path, step, talk))

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        asker = CtxAsker(ctx)
        if said.action:
            return self._press(ctx, talk, said.action, asker)
        if said.files:
            return self._files(ctx, talk, said)
        number = edit_number(said.text)
        if number is None and said.text.isdecimal() and self._reviews(asker, talk):
            number = int(said.text)
        if number is not None:
            return self._edit_line(ctx, talk, number, asker)
        text = said.phone or said.text
        if not text:
            return None
        return self._heard(ctx, engine.hear(self.steps, talk, text, asker))

    # -- parts ---------------------------------------------------------------------------------
    def current(self, ctx: Ctx, talk: Talk) -> Step | None:
        """The step being asked (menu.py asks whether free words are its answer)."""
        return engine.Path(self.steps, CtxAsker(ctx), talk.answers).current(talk)

    def wants_words(self, ctx: Ctx, talk: Talk) -> bool:
        """The step takes free words, so that almost any text is an answer."""
        step = self.current(ctx, talk)
        return isinstance(step, Text) and not step.lines

    def _reviews(self, asker: CtxAsker, talk: Talk) -> bool:
        return isinstance(engine.Path(self.steps, asker, talk.answers).current(talk), Review)

    def back(self, ctx: Ctx, talk: Talk) -> Turn:
        earlier = engine.back(self.steps, talk, CtxAsker(ctx))
        if earlier is None:
            return self._again(ctx, talk, ctx.t("Đây là bước đầu rồi."))
        return Turn(earlier, self.show(ctx, earlier))

    def corrected(self, ctx: Ctx, talk: Talk, before: str, text: str) -> Turn | None:
        """The answer that `before` gave, given anew as `text`; None when it gave none here."""
        asker = CtxAsker(ctx)
        step = engine.answered_by(self.steps, talk, before, asker)
        if step is None:
            return None
        heard = engine.hear(self.steps, replace(talk, asking=step.key), text, asker)
        if heard.missed or step.key + "?" in heard.talk.answers:
            note = ctx.t("Tin bà con vừa sửa mình chưa rõ, nên giữ như lúc đầu.")
            return self._again(ctx, talk, f"{note} {heard.note}".strip())
        told = step.tell(heard.talk.answers[step.key], asker, heard.talk.answers)
        label = ctx.t(step.label or step.ask, **heard.talk.answers)
        note = ctx.t("Đã sửa lại *{line}*: {answer}", line=label, answer=told)
        after = replace(heard.talk, asking=talk.asking)
        return Turn(after, self.show(ctx, after, note))

    def leave_line(self, ctx: Ctx, talk: Talk) -> Turn | None:
        """ "huỷ" while one line of a full review is mended: only the mending stops."""
        waiting = engine.Path(self.steps, CtxAsker(ctx), talk.answers).waiting
        if talk.asking is None or not isinstance(waiting, Review):
            return None
        kept = replace(talk, asking=None, misses=0)
        return self._again(ctx, kept, ctx.t("Mình giữ nguyên dòng đó."))

    def skip(self, ctx: Ctx, talk: Talk) -> Turn:
        heard = engine.skip(self.steps, talk, CtxAsker(ctx))
        if heard is None:
            return self._again(ctx, talk, ctx.t("Bước này cần có, chưa bỏ qua được bà con ạ."))
        return self._heard(ctx, heard)

    def _press(self, ctx: Ctx, talk: Talk, action: str, asker: CtxAsker) -> Turn:
        if action == "~edits":
            return Turn(talk, self._which_line(ctx, talk))
        if action.startswith("~edit="):
            edited = engine.edit(self.steps, talk, action[6:], asker)
            return Turn(edited or talk, self.show(ctx, edited or talk))
        key, _, value = action.partition("=")
        return self._heard(ctx, engine.hear(self.steps, talk, value, asker, step_key=key))

    def _files(self, ctx: Ctx, talk: Talk, said: Said) -> Turn:
        """Files, where steps ask for them: an album fills as many as follow one another."""
        heard = engine.Heard(talk)
        for file in said.files:
            step = self.current(ctx, heard.talk)
            if not isinstance(step, FileStep):
                break
            if file.refused or not file.key:
                return self._again(ctx, heard.talk, pages.refusal(ctx, file))
            if not step.takes(file.mime):
                return self._again(ctx, heard.talk, ctx.t("Chỗ này mình chỉ nhận ảnh."))
            answer = {"key": file.key, "name": pages.named(ctx, file), "mime": file.mime}
            heard = engine.answered(self.steps, heard.talk, step, answer, CtxAsker(ctx))
        if heard.talk is talk:
            return self._again(ctx, talk, ctx.t("Bước này mình cần bà con gõ chữ, chưa cần ảnh."))
        return self._heard(ctx, heard)

    def _edit_line(self, ctx: Ctx, talk: Talk, number: int, asker: CtxAsker) -> Turn:
        path = engine.Path(self.steps, asker, talk.answers)
        asked = [s for s in path.steps if not isinstance(s, Review)]
        if not 1 <= number <= len(asked) or asked[number - 1].key not in path.said:
            return self._again(ctx, talk, ctx.t("Chưa có dòng {n} để sửa.", n=number))
        edited = replace(talk, asking=asked[number - 1].key, misses=0)
        return Turn(edited, self.show(ctx, edited))

    def _heard(self, ctx: Ctx, heard: engine.Heard) -> Turn:
        if not heard.finished:
            return Turn(heard.talk, self.show(ctx, heard.talk, heard.note))
        answers = engine.final(self.steps, heard.talk, CtxAsker(ctx))
        return self._done(heard.talk, self.finish(ctx, answers))

    def _done(self, talk: Talk, done: Done) -> Turn:
        next_room = Go(done.then or "menu", done.answers or {}, done.note)
        return Turn(leave(talk), events=done.events, then=next_room)

    def _again(self, ctx: Ctx, talk: Talk, note: str) -> Turn:
        return Turn(talk, self.show(ctx, talk, note))

    def _question(self, ctx: Ctx, path: engine.Path, step: Step, talk: Talk) -> str:
        at, total = path.place(step)
        told = {  # only where they are said: telling a phone number is a tenth of a turn
            s.key: s.tell(path.said[s.key], path.asker, path.said)
            for s in path.steps
            if s.key in path.said and ("{" in step.ask or talk.asking)
        }
        lines = [
            ctx.t("Bước {at}/{total}", at=at, total=total) if total > 1 else "",
            "*" + ctx.t(step.ask, **told) + "*",
        ]
        if step.hint:
            lines.append(ctx.t(step.hint))
        if talk.asking and step.key in path.said:
            lines.append(ctx.t("Đang ghi: {answer}", answer=told[step.key]))
        return "\n".join(line for line in lines if line)

    def _summary(self, ctx: Ctx, path: engine.Path) -> str:
        review = path.steps[-1]
        lines = [ctx.t(review.ask)]
        asked = [s for s in path.steps if not isinstance(s, Review)]
        for number, step in enumerate(asked, 1):
            told = step.tell(path.said.get(step.key), path.asker, path.said)
            lines.append(f"{number}. {ctx.t(step.label or step.ask)}: {told}")
        return "\n".join(lines)

    def _which_line(self, ctx: Ctx, talk: Talk) -> Say:
        """The review again, with a button for each line that may be mended."""
        path = engine.Path(self.steps, CtxAsker(ctx), talk.answers)
        lines = [
            Button(f"{n}. {ctx.t(s.label or s.ask)}", f"{self.key}:~edit={s.key}")
            for n, s in enumerate((s for s in path.steps if not isinstance(s, Review)), 1)
            if s.key in path.said
        ]
        text = f"{self._summary(ctx, path)}\n\n*{ctx.t('Bà con sửa dòng nào?')}*"
        return Say(text, (*grid(lines), *self._nav(ctx, path, path.steps[-1], talk)))

    def _rows(
        self, ctx: Ctx, path: engine.Path, step: Step, talk: Talk
    ) -> tuple[tuple[Button, ...], ...]:
        asker = CtxAsker(ctx)
        if isinstance(step, Review):
            send = Button(ctx.t(step.send), f"{self.key}:{step.key}=send", style="primary")
            edit = button(ctx, "Sửa một dòng", f"{self.key}:~edits")
            return ((send,), (edit,), *self._nav(ctx, path, step, talk))
        said = str(talk.answers.get(step.key + "?") or "")
        shown = step.choices(asker, talk.answers, said)
        options = [_option(self.key, step, choice, asker.label(choice)) for choice in shown]
        phone = ((Button(ctx.t("Gửi số điện thoại của tôi"), "", ask_phone=True),),)
        return (
            *grid(options),
            *(phone if isinstance(step, Phone) and ctx.can.contact else ()),
            *self._nav(ctx, path, step, talk),
        )

    def _nav(
        self, ctx: Ctx, path: engine.Path, step: Step, talk: Talk
    ) -> tuple[tuple[Button, ...], ...]:
        row = []
        if step.optional:
            row.append(button(ctx, "Bỏ qua", "nav:skip"))
        if path.before(step) is not None:
            row.append(button(ctx, "Quay lại", "nav:back"))
        row.append(button(ctx, "Huỷ", "nav:cancel"))
        if talk.misses >= 2:
            return (tuple(row), (button(ctx, "Gặp cán bộ", "nav:officer", "primary"),))
        return (tuple(row),)


def _option(room: str, step: Step, choice: Choice, label: str) -> Button:
    return Button(label, f"{room}:{step.key}={choice.key}")
