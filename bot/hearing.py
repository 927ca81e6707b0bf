"""Hears one remembered message: talk in, reply and letters out, all within one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from bot import behind, lettered
from bot.apply import Env, Stale, apply
from bot.behind import Worth
from bot.leaving import How, Leaving, in_one
from bot.log import get_logger
from bot.metrics import Metrics
from bot.post import Post
from bot.seal import Seal
from conversations.context import Ctx
from conversations.events import Event
from conversations.records import OfficerView, PersonView, Records
from conversations.rooms import leave
from conversations.said import Said, Turn
from models import inbox, outbox, people
from models.claims import Claimed
from models.content import Content
from models.database import Unit
from models.files import FileStore
from models.messages import CAPABILITIES, Address, Channel, Inbound, Say, Talk
from models.outbox import Copy
from models.people import PersonFacts

TRIES = 3  # hearings of one message while the world keeps moving
log = get_logger(__name__)
OLD = "nav:old"  # the action of a button that is not this person's: answered kindly


class Respond(Protocol):
    def __call__(self, ctx: Ctx, talk: Talk, said: Said, /) -> Turn: ...


class Arrive(Protocol):
    def __call__(self, ctx: Ctx, turn: Turn, /) -> Turn: ...


@dataclass(frozen=True, slots=True)
class House:
    """What hearing a message needs besides the message. Made once, at start."""

    content: Content
    files: FileStore
    seal: Seal
    records: Callable[[Unit, datetime], Records]
    respond: Respond
    arrive: Arrive
    apply: Callable[[Env, Event], None] = apply
    answerer: Callable[[], Any] | None = None
    channels: tuple[Channel, ...] = (Channel.WEB,)
    public_url: str = ""
    links: Mapping[Channel, str] = field(default_factory=dict)  # where people open a channel
    language: str = "vi"  # of a stranger whose channel does not tell
    wake: Callable[[Address], None] = lambda address: None  # rows were committed for this address
    free: Callable[[Channel], bool] = lambda channel: False  # may a reply be handed over there?
    hand: Callable[[Claimed], None] = lambda claimed: None  # it was committed: send it
    metrics: Metrics = field(default_factory=Metrics)

    def post(self, unit: Unit, now: datetime) -> Post:
        """The way out of one unit of work."""
        return Post(Leaving(unit, self.seal, now, self.wake, self.free, self.hand))


@dataclass(slots=True)
class Hearing:
    """One message being heard, within one unit of work.

    Said in a group, `person_id` is who said it and `group_id` the group, which is answered: their
    talk, which is their own affair, stays as it is.
    """

    house: House
    unit: Unit
    inbound: Inbound
    person_id: int
    now: datetime
    pressed: Copy | None = None  # our message whose button was pressed
    answered: Copy | None = None  # our message that is answered
    group_id: int = 0
    notice: str = ""  # what the one who pressed in a group is told, alone
    worth: Worth = "step"  # of the reply, when several messages are answered as one

    def hear(self) -> None:
        """Hear it, on fresh records again when the world moved meanwhile; write what it gave."""
        if (doubt := self._lettered()) is not None:
            self.answer([doubt], self.house.post(self.unit, self.now))
            return
        for tried in range(TRIES):
            try:
                turn, post = self._once()
            except Stale:
                self.unit.cache.doubt()  # it may hold what was just undone
                if tried < TRIES - 1:
                    continue
                log.info("no longer possible", person=self.person_id)
                turn, post = self._as_it_stands()
            if not self.group_id:
                people.save_talk(self.unit, self.person_id, turn.talk, self.now)
            self.answer((turn.say, *turn.more), post)
            return

    def answer(self, says: Sequence[Say], post: Post) -> None:
        """The reply, what follows it, then the letters and jobs of this turn."""
        if self.group_id and self.inbound.button:
            self.notice = " ".join(say.text for say in says)
            says = ()
        if CAPABILITIES[self.inbound.address.channel].counted:
            says = [in_one(says)]
        for say in says:
            if self.inbound.behind and (say.text or say.files):
                behind.together(post.leaving, self.inbound, self.answered_id, say, self.worth)
            elif say.text or say.files:
                reply(post.leaving, self.inbound, self.answered_id, say, self.pressed)
        post.deliver()

    @property
    def answered_id(self) -> int:
        """Who is answered, and to whom buttons are sealed: the person, or the group."""
        return self.group_id or self.person_id

    def _lettered(self) -> Say | None:
        """Take a typed letter for the choice it names; what to ask when it may be another's."""
        lang = people.person(self.unit, self.person_id).language
        seal, inbound = self.house.seal, self.inbound
        read = lettered.read(self.unit, inbound, seal, self.person_id, lang, self.now)
        if isinstance(read, Say):
            return read
        self.inbound = read
        return None

    def _older(self) -> Say | None:
        """What to ask when words that were not understood are the label of an earlier list."""
        lang = people.person(self.unit, self.person_id).language
        said, seal = self.inbound, self.house.seal
        return lettered.older(self.unit, said, seal, self.person_id, lang, self.now)

    def context(self) -> Ctx:
        return Ctx(
            view(people.person(self.unit, self.person_id)),
            self.now,
            self.house.content,
            self.house.records(self.unit, self.now),
            self.inbound.address.channel,
            self.group_id,
            self.house.answerer,
            self.house.channels,
            self.house.public_url,
            self.house.links,
        )

    def _once(self) -> tuple[Turn, Post]:
        ctx, post = self.context(), self.house.post(self.unit, self.now)
        talk = people.talk_of(people.person(self.unit, self.person_id))
        turn = self.house.respond(ctx, talk, self._said())
        self.worth = behind.worth(talk, turn)
        if self.worth == "nothing" and (say := self._older()) is not None:
            turn = Turn(talk, say)
        if turn.events:
            with self.unit.begin_nested():
                self._apply(ctx, turn, post)
        return self._arrived(ctx, turn), post

    def _as_it_stands(self) -> tuple[Turn, Post]:
        """What was asked cannot be done any more: said like an old button, the step shown again."""
        ctx = self.context()
        talk = people.talk_of(people.person(self.unit, self.person_id))
        turn = self.house.respond(ctx, talk, Said(action=OLD))
        return self.house.arrive(ctx, turn), self.house.post(self.unit, self.now)

    def _apply(self, ctx: Ctx, turn: Turn, post: Post) -> None:
        house = self.house
        env = Env(
            self.unit,
            self.now,
            ctx.person,
            house.content,
            house.files,
            post,
            ctx.channel,
            house.channels,
            house.public_url,
            house.links,
        )
        for event in turn.events:
            house.apply(env, event)

    def _arrived(self, ctx: Ctx, turn: Turn) -> Turn:
        """The room a turn goes to is drawn on what its events left behind, person included."""
        if turn.events and not self.group_id:
            turn = self._whoever(turn)
        if turn.then is None:
            return turn
        return self.house.arrive(self.context() if turn.events else ctx, turn)

    def _whoever(self, turn: Turn) -> Turn:
        """Joined to another channel's person, the talk goes on as theirs, with what they left."""
        known = people.at_address(self.unit, self.inbound.address)
        if known is None or known.person_id == self.person_id:
            return turn
        self.person_id = known.person_id
        talk = people.talk_of(people.person(self.unit, self.person_id))
        return replace(turn, talk=leave(talk, park=True))

    def _said(self) -> Said:
        inbound = self.inbound
        action = ""
        if inbound.button:
            action = self.house.seal.open(self.answered_id, inbound.button) or OLD
        return Said(
            inbound.text or "",
            action,
            inbound.files,
            inbound.phone,
            inbound.place,
            inbound.change or inbound.other,
            inbound.edited,
            inbox.first_version(self.unit, inbound),
            self.answered.key if self.answered else "",
            self.answered.dossier_id if self.answered else None,
            inbound.name or "",
        )


def reply(
    leaving: Leaving, inbound: Inbound, person_id: int, say: Say, pressed: Copy | None
) -> None:
    """Answer where the message came from: over the message that was pressed when it is the same
    one (same key), in one with the rest of a burst when it settles, else anew."""
    how = How(leaving.now, say.key, priority=0)
    typed = inbound.button is None and (inbound.text or inbound.files)
    in_group = inbound.group and not inbound.change
    if in_group or (typed and CAPABILITIES[inbound.address.channel].quotes):
        how.reply_to = inbound.external_id
    if say.settle:
        leaving.settle(inbound.address, person_id, say, how)
        return
    leaving.release(inbound.address, say.key)
    if pressed is not None and say.key and pressed.key == say.key:
        leaving.over(pressed, person_id, say, how)
    else:
        leaving.send(inbound.address, person_id, say, how)
        if pressed is not None and inbound.button:
            leaving.mark(pressed, inbound.button)


def view(facts: PersonFacts) -> PersonView:
    """The person as a conversation sees them."""
    officer = facts.officer
    seen = officer and OfficerView(
        officer.id, facts.id, officer.role, officer.name, officer.communes
    )
    return PersonView(
        facts.id, facts.language, facts.consent, facts.name, facts.phone, seen or None
    )


def group_of(unit: Unit, inbound: Inbound) -> int:
    """The group a message was said in, as the person it is here; 0 when it is a private chat."""
    known = people.at_address(unit, inbound.address) if inbound.group else None
    return known.person_id if known else 0


def look_up(unit: Unit, inbound: Inbound) -> tuple[Copy | None, Copy | None]:
    """Our messages that were pressed and answered, when the channel says which."""
    found = [
        outbox.by_external(unit, inbound.address, external) if external else None
        for external in (inbound.pressed_on, inbound.reply_to)
    ]
    return found[0], found[1]


def label_of(inbound: Inbound, pressed: Copy | None) -> str:
    """What the pressed button said, for a page that shows both sides; "" when it is gone."""
    for row in pressed.body.get("rows", ()) if pressed else ():
        for button in row:
            if button["action"] == inbound.button:
                return str(button["label"])
    return ""
