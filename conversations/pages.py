"""Files that arrive for an item: which are pages at once, which wait, which cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from conversations.context import Ctx
from conversations.records import DossierView
from locales import N_, join
from models.messages import Attachment, PhotoProblem, Talk

#: Files that come within this time of one another are one burst (an album): answered together.
BURST = timedelta(seconds=10)

REFUSED = {
    "too_big": N_(
        "“{name}” lớn hơn 20 MB nên mình chưa nhận được. Bà con chụp ảnh từng trang "
        "hoặc gửi tệp nhỏ hơn nhé."
    ),
    "bad_type": N_(
        "“{name}” không phải ảnh, PDF, Word hay Excel nên mình chưa nhận được. Bà con "
        "chụp ảnh tờ giấy rồi gửi nhé."
    ),
    "corrupt": N_("“{name}” mở ra bị lỗi. Bà con lưu lại tệp hoặc chụp ảnh rồi gửi lại nhé."),
    "gone": N_("Mình không tải được “{name}”. Bà con gửi lại giúp nhé."),
    "unsafe": N_(
        "“{name}” có mật khẩu hoặc phần tự chạy nên mình không nhận. Bà con gửi bản "
        "thường, hoặc chụp ảnh từng trang nhé."
    ),
}

#: What is wrong, and what to change.
PROBLEMS = {
    PhotoProblem.DARK: N_("tối quá: bà con ra chỗ sáng hơn rồi chụp lại"),
    PhotoProblem.BLURRED: N_("bị mờ: bà con đặt giấy lên mặt phẳng, cầm chắc máy, chụp gần hơn"),
    PhotoProblem.SMALL: N_("nhỏ quá, khó đọc chữ: bà con chụp gần hơn hoặc gửi ảnh gốc"),
    PhotoProblem.GLARE: N_("bị loá: bà con tắt đèn flash, nghiêng giấy tránh ánh đèn"),
    PhotoProblem.SIDEWAYS: N_("có vẻ nằm ngang: bà con xoay máy cho chữ thẳng đứng"),
    PhotoProblem.SCREEN: N_("chụp từ màn hình: bà con chụp thẳng tờ giấy"),
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """`good` are pages at once; `doubts` wait for a word; `notes` say what was not taken."""

    good: tuple[Attachment, ...] = ()
    doubts: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()


def sort(
    ctx: Ctx, dossier_id: int, evidence: str, files: Iterable[Attachment], waiting: set[str]
) -> Sorting:
    """Each file once; `waiting` are the keys already held back in the talk."""
    good: list[Attachment] = []
    doubts: list[dict[str, Any]] = []
    notes: list[str] = []
    seen = set(waiting)
    for file in files:
        if file.refused or not file.key:
            notes.append(refusal(ctx, file))
            continue
        elsewhere = ctx.records.same_file(dossier_id, file.key)
        if file.key in seen or elsewhere == evidence:
            notes.append(
                ctx.t("“{name}” đã gửi rồi, mình không thêm lần nữa.", name=named(ctx, file))
            )
            continue
        seen.add(file.key)
        if elsewhere or file.problems:
            doubts.append({**packed(file), "at": ctx.now.isoformat(), "same": elsewhere or ""})
        else:
            good.append(file)
    return Sorting(tuple(good), tuple(doubts), tuple(notes))


def refusal(ctx: Ctx, file: Attachment) -> str:
    """One clear sentence on why this file cannot be taken and what to do."""
    return ctx.t(REFUSED.get(file.refused or "gone", REFUSED["corrupt"]), name=named(ctx, file))


def doubtful(ctx: Ctx, doubt: Mapping[str, Any]) -> str:
    """What is wrong with a file held back: "Ảnh “to-2.jpg” bị mờ: …"."""
    name = doubt.get("name")
    what = ctx.t("Ảnh “{name}”", name=name) if name else ctx.t("Ảnh vừa gửi")
    if doubt.get("same"):
        return ctx.t("{what} đã có ở một giấy khác của hồ sơ này.", what=what)
    problems = [ctx.t(PROBLEMS[PhotoProblem(p)]) for p in doubt.get("problems", ())]
    return ctx.t("{what} {problems}.", what=what, problems=join(ctx.lang, problems[:2]))


def named(ctx: Ctx, file: Attachment) -> str:
    """Channels bring photos without a name."""
    return file.name or ctx.t("ảnh vừa gửi" if file.kind == "photo" else "tệp vừa gửi")


def packed(file: Attachment) -> dict[str, Any]:
    """A kept file as the talk remembers it."""
    return {
        "kind": file.kind, "name": file.name, "mime": file.mime, "size": file.size,
        "key": file.key, "problems": [str(p) for p in file.problems],
    }  # fmt: skip


def unpacked(held: Mapping[str, Any]) -> Attachment:
    return Attachment(
        kind=held["kind"], name=held["name"], mime=held["mime"], size=held["size"],
        key=held["key"], problems=tuple(PhotoProblem(p) for p in held["problems"]),
    )  # fmt: skip


def together(ctx: Ctx, at: object) -> bool:
    """Did the files at `at` (ISO time) come in the same burst as this message?"""
    return bool(at) and ctx.now - datetime.fromisoformat(str(at)) <= BURST


def waiting(answers: Mapping[str, Any], kind: str, at: str) -> list[dict[str, Any]]:
    """Files of `kind` (doubts, hold) kept in the talk for the paper `at` ("12.giay_attp")."""
    every = answers.get(kind)
    return [w for w in every if w.get("for") == at] if isinstance(every, list) else []


def kept(
    answers: Mapping[str, Any], kind: str, at: str, files: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """The answers with just `files` waiting for the paper `at`; those of other papers stay."""
    every = answers.get(kind)
    others = [w for w in every if w.get("for") != at] if isinstance(every, list) else []
    return {**answers, kind: [*others, *({**file, "for": at} for file in files)]}


def keys(answers: Mapping[str, Any]) -> set[str]:
    """The keys of every file that waits in the talk."""
    lists = (answers.get(kind) for kind in ("doubts", "hold"))
    return {str(w["key"]) for some in lists if isinstance(some, list) for w in some}


def doubted(ctx: Ctx, answers: Mapping[str, Any], at: str, sorting: Sorting) -> dict[str, Any]:
    """The doubts after these files: a better photo sent later takes the place of one held back;
    another photo of the same album does not."""
    held = waiting(answers, "doubts", at)
    old = [d for d in held if not together(ctx, d["at"])]
    young = [d for d in held if together(ctx, d["at"])]
    return kept(answers, "doubts", at, [*old[len(sorting.good) :], *young, *sorting.doubts])


def owner(dossier: DossierView | None, page_id: str) -> str:
    """The evidence id that has this page; "" when none has."""
    items = dossier.items if dossier else ()
    return next((i.evidence for i in items for p in i.pages if str(p.id) == page_id), "")


def held(talk: Talk) -> list[dict[str, Any]]:
    """Files that came with no paper open, kept until the person says whose they are."""
    pending = talk.answers.get("pending")
    return pending if isinstance(pending, list) else []
