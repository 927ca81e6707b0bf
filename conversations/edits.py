"""A message that was corrected after it was sent: the answer it gave is corrected, where it still
can be; else it is said that the first one stands."""

from __future__ import annotations

from conversations import asking, menu
from conversations.context import Ctx
from conversations.forms import Form
from conversations.rooms import Room
from conversations.said import Said, Turn
from models.messages import Talk


def corrected(ctx: Ctx, talk: Talk, room: Room | None, said: Said) -> Turn | None:
    """The turn of an edit whose first version was heard; None for one that is news to us."""
    if not said.edited or said.before is None:
        return None
    if said.text == said.before:  # a link got its preview, a reaction: nothing changed
        return menu.again(ctx, talk, ctx.t("Tin đó mình đã ghi rồi."))
    if isinstance(room, Form) and (turn := room.corrected(ctx, talk, said.before, said.text)):
        return turn
    if asking.sounds_like_question(said.text) and (
        turn := asking.question(ctx, talk, room, said.text)
    ):
        return turn
    note = ctx.t(
        "Bà con vừa sửa một tin cũ. Việc của tin đó mình đã làm theo lúc đầu; muốn đổi thì bà con "
        "nhắn lại ở đây giúp mình nhé."
    )
    return menu.again(ctx, talk, note)
