"""What a self-assessment says: one criterion, the result, what is missing for the next star."""

from __future__ import annotations

from conversations import scoring
from conversations.context import Ctx
from conversations.rooms import button
from conversations.scoring import Sitting
from models.content import Advice, Item, Ranking
from models.messages import Button, Say

SHOWN = 7  # pieces of advice at once
PAGE = 8  # criteria in a list
Rows = tuple[tuple[Button, ...], ...]


def name(ctx: Ctx, sitting: Sitting) -> str:
    """The product, or the set when a sheet is only tried."""
    if sitting.product is not None:
        return sitting.product.name
    one = ctx.content.sets[sitting.number]
    return one.name_en if ctx.lang == "en" else one.name


def question(ctx: Ctx, sitting: Sitting, item: Item, case: str = "") -> Say:
    """One criterion with an option a button; first the case when it has several."""
    at, lines = sitting.at, [_head(ctx, sitting, item)]
    lines += [text(ctx.lang) for text in (item.note, item.requires) if text]
    choosing = bool(item.cases) and not case
    if choosing:
        lines.append(ctx.t("Trường hợp nào đúng với bà con?"))
        rows = [
            (Button(c.name(ctx.lang), f"score:case={at}.{item.id}.{c.id}"),) for c in item.cases
        ]
    else:
        rows = [(b,) for b in _options(ctx, sitting, item, case)]
    if hint := photo_hint(ctx, sitting.number, item.id):
        lines.append(hint)
    done = sitting.ranking.answered > 0
    end = [button(ctx, "Để sau", f"score:later={at}.{item.id}")]
    end += [button(ctx, "Xem điểm", f"score:see={at}")] if done else []
    return Say("\n\n".join(lines), (*rows, tuple(end), (button(ctx, "Menu", "nav:menu"),)))


def _head(ctx: Ctx, sitting: Sitting, item: Item) -> str:
    head = ctx.t(
        "Tự chấm {product} · câu {n}/{all}",
        product=name(ctx, sitting),
        n=sitting.place(item),
        all=len(sitting.sheet.items),
    )
    title = ctx.t(
        "*{number}. {title}* (nhiều nhất {max} điểm)",
        number=item.number,
        title=item.title(ctx.lang),
        max=item.max,
    )
    return f"{head}\n{title}"


def _options(ctx: Ctx, sitting: Sitting, item: Item, case: str) -> list[Button]:
    """An option a button, with its points and the star it is the minimum of."""
    prefix = f"{case}:" if case else ""
    chosen = item.option(sitting.answers.get(item.id))
    out = []
    for option in item.ladder(f"{case}:" if case else None):
        star = f" ★{option.min_for}" if option.min_for else ""
        mark = "✓ " if option == chosen else ""
        label = ctx.t("{n}đ", n=option.points)
        action = f"score:a={sitting.at}.{item.id}.{prefix}{option.points}"
        out.append(Button(f"{mark}{option.short(ctx.lang)} · {label}{star}", action))
    return out


def photo_hint(ctx: Ctx, number: int, item_id: str) -> str:
    """Which paper proves it and how to photograph it; "" when content knows none."""
    known = scoring.proofs(ctx.content, number, item_id)
    if not known:
        return ""
    paper = ctx.content.evidence[known[0]]
    return ctx.t(
        "Minh chứng: {paper}. {photo}", paper=paper.name(ctx.lang), photo=paper.photo(ctx.lang)
    )


def result(ctx: Ctx, sitting: Sitting) -> Say:
    """Total and star with both tests, and where to go from here."""
    ranking, at = sitting.ranking, sitting.at
    lines = ["\n".join([_total(ctx, sitting, ranking), *tests(ctx, sitting)])]
    lines += [rule.text(ctx.lang) for rule in ranking.stopped]
    lines.append(ctx.t("Đây là bà con tự chấm. Kết quả là của Hội đồng."))
    rows = []
    if ranking.next is not None:
        rows.append((_to_gain(ctx, at, ranking.next.rank),))
    if sitting.next_item() or ranking.answered < ranking.asked:
        rows.append((button(ctx, "Trả lời tiếp", f"score:on={at}", "primary"),))
    rows.append((button(ctx, "Sửa câu trả lời", f"score:list={at}.0"),))
    if sitting.product is not None:
        rows.append((button(ctx, "Gửi ảnh kết quả", f"score:image={at}"),))
    return Say("\n\n".join(lines), (*rows, (button(ctx, "Menu", "nav:menu"),)))


def _to_gain(ctx: Ctx, at: str, rank: int) -> Button:
    return button(ctx, "Còn thiếu gì cho {n} sao", f"score:gain={at}", n=rank)


def _total(ctx: Ctx, sitting: Sitting, ranking: Ranking) -> str:
    head = ctx.t("*{product}: {n}/100 điểm*", product=name(ctx, sitting), n=ranking.total)
    if ranking.answered == ranking.asked:
        return head
    part = ctx.t("mới trả lời {n}/{all} câu", n=ranking.answered, all=ranking.asked)
    return f"{head} ({part})"


def tests(ctx: Ctx, sitting: Sitting) -> list[str]:
    """The band, the starred minimums, and what both give."""
    return [ctx.t(words, **fields) for words, fields in scoring.verdict(sitting)]


def gain(ctx: Ctx, sitting: Sitting, added: tuple[str, ...] = ()) -> Say:
    """What is missing for the next star by ease; pressing one shows what it would give."""
    ranking, at = sitting.ranking, sitting.at
    if ranking.next is None:
        return result(ctx, sitting)
    known = scoring.advice(ctx.content, sitting)
    must = [one for one in known if one.must]
    could = [one for one in known if not one.must][: max(2, SHOWN - len(must))]
    lines = [ctx.t("*Để lên {n} sao*", n=ranking.next.rank)]
    if must:
        lines.append(ctx.t("Phải có (mức tối thiểu ★):"))
        lines += [_advice(ctx, one) for one in must]
    if short := ranking.next.points_short_after:
        lines.append(ctx.t("Rồi còn thiếu {n} điểm, dễ trước khó sau:", n=short))
    elif could:
        lines.append(ctx.t("Thêm điểm, dễ trước khó sau:"))
    lines += [_advice(ctx, one) for one in could]
    lines.append(simulated(ctx, sitting, added) or ctx.t("Bấm một mục để thử: thêm thì được mấy?"))
    shown = [*must, *could][:12]
    rows = [(_try(ctx, at, one, one.gap.item.id in added),) for one in shown]
    end = (button(ctx, "Xem điểm", f"score:see={at}"), button(ctx, "Menu", "nav:menu"))
    return Say("\n".join(lines), (*rows, end))


def _advice(ctx: Ctx, one: Advice) -> str:
    """ "• Đóng gói, bao bì: Đóng gói sáng tạo (+2), tự làm được" """
    return ctx.t(
        "• {title}: {option} (+{n}), {effort}",
        title=one.gap.item.title(ctx.lang),
        option=one.gap.option.short(ctx.lang),
        n=one.gap.gain,
        effort=ctx.t(scoring.EFFORTS[one.effort]),
    )


def _try(ctx: Ctx, at: str, one: Advice, chosen: bool) -> Button:
    title = one.gap.item.title(ctx.lang)
    return Button(f"{'✓' if chosen else '+'} {title[:36]} (+{one.gap.gain})",
                  f"score:try={at}.{one.gap.item.id}")  # fmt: skip


def simulated(ctx: Ctx, sitting: Sitting, added: tuple[str, ...]) -> str:
    """ "Nếu thêm nhãn hiệu, mã truy xuất: 63 → 68 điểm, 3 sao, đủ mức tối thiểu ★." """
    known = [a for a in scoring.advice(ctx.content, sitting) if a.gap.item.id in added]
    if not known:
        return ""
    after = scoring.with_added(sitting, added, known)
    wanted = max(after.band, 3)
    ranks = {**sitting.answers}
    for one in known:
        ranks[one.gap.item.id] = scoring.raised(sitting, one.gap.item, one.gap.option)
    short = len(sitting.sheet.missing(ranks, wanted))
    sentence = ctx.t(
        "*Nếu thêm {what}: {before} → {after} điểm.*",
        what=", ".join(a.gap.item.title(ctx.lang) for a in known),
        before=sitting.ranking.total,
        after=after.total,
    )
    words, fields = scoring.minimums(wanted, short)
    return f"{sentence} {ctx.t(words, **fields)}"


def listed(ctx: Ctx, sitting: Sitting, page: int) -> Say:
    """Every criterion with its points, to mend one."""
    items, at = sitting.sheet.items, sitting.at
    start = min(page * PAGE, max(0, len(items) - 1)) // PAGE * PAGE
    rows: list[tuple[Button, ...]] = []
    for item in items[start : start + PAGE]:
        chosen = item.option(sitting.answers.get(item.id))
        points = f"{chosen.points}/{item.max}" if chosen else f"–/{item.max}"
        label = f"{item.number} {item.title(ctx.lang)[:40]} · {points}"
        rows.append((Button(label, f"score:item={at}.{item.id}"),))
    turn = []
    if start + PAGE < len(items):
        turn.append(button(ctx, "Xem tiếp", f"score:list={at}.{start // PAGE + 1}"))
    turn.append(button(ctx, "Xem điểm", f"score:see={at}"))
    return Say(ctx.t("Bà con sửa câu nào?"), (*rows, tuple(turn)))
