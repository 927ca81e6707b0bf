"""A household with a product and its dossier, ready to be talked about."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot import clock
from bot.apply import Env, apply
from bot.hearing import view
from conversations import events as e
from models import people
from models.database import Unit
from models.messages import Attachment, Channel, PhotoProblem
from models.tables import Officer, OfficerCommune, Person
from tests.flows.talk import Talker, Town

COMMUNE = "18484"


async def household(
    town: Town,
    name: str = "lan",
    *,
    registration: str = "28A8001234",
    helping: str = "",
    stars: int = 3,
    product: str = "Mật ong Cường",
    channel: Channel = Channel.WEB,
) -> Talker:
    """Somebody who agreed, registered a household business and opened a dossier for honey."""
    talker = town.person(name, channel)
    await talker.say("/start")

    def register(unit: Unit) -> None:
        person_id = _person_id(unit, talker)
        env = _env(town, unit, person_id)
        apply(env, e.ConsentGiven(town.house.content.privacy.version))
        fields: dict[str, object] = {
            "type": "ho",
            "name": "Hộ Nguyễn Văn Cường",
            "representative": "Nguyễn Văn Cường",
            "phone": "+84912345678",
            "commune_code": COMMUNE,
            "registration_number": registration,
        }
        apply(env, e.ProducerRegistered(fields, helping))
        unit.flush()
        producer = town.house.records(unit, clock.now()).producers(person_id)[-1]
        apply(env, e.ProductRegistered(producer.id, {"name": product, "set_number": 4}, "first",
                                       stars))  # fmt: skip

    await town.db.run(register)
    await talker.letters()
    return talker


async def officer(town: Town, name: str = "minh", role: str = "commune") -> Talker:
    """An officer of the household's commune, or of the province."""
    talker = town.person(name)
    await talker.say("/start")

    def appoint(unit: Unit) -> None:
        person_id = _person_id(unit, talker)
        row = Officer(person_id=person_id, role=role, name="Trần Minh", since=clock.now())
        unit.add(row)
        unit.flush()
        if role == "commune":
            unit.add(OfficerCommune(officer_id=row.id or 0, commune_code=COMMUNE))
        unit.cache.doubt()

    await town.db.run(appoint)
    return talker


def photo(town: Town, number: int, *problems: PhotoProblem, name: str = "") -> Attachment:
    """A kept photo; the same number is the same bytes."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 80), (number * 7 % 255, number % 255, 90)).save(out, "JPEG")
    data = out.getvalue()
    key = town.files.put(data)
    made = Attachment("photo", name or f"anh-{number}.jpg", "image/jpeg", len(data), key)
    return replace(made, problems=problems)


def _person_id(unit: Unit, talker: Talker) -> int:
    known = people.at_address(unit, talker.address)
    assert known is not None
    return known.person_id


def _env(town: Town, unit: Unit, person_id: int) -> Env:
    assert unit.scalar(select(Person.id).where(Person.id == person_id)) is not None  # type: ignore[call-overload]
    house = town.house
    seen = view(people.person(unit, person_id))
    post = house.post(unit, clock.now())
    return Env(unit, clock.now(), seen, house.content, house.files, post, public_url="")


async def opened(town: Town, talker: Talker, evidence: str) -> str:
    """The card of one paper of this person's first dossier, as its button opens it."""
    found = await town.rows(
        "SELECT d.id FROM dossier d JOIN producer p ON p.id = d.producer_id JOIN address a "
        "ON a.person_id = p.person_id WHERE a.external_id = :at ORDER BY d.id",
        at=talker.address.id,
    )
    dossier = found[0]["id"]
    return await pressed(town, talker, f"dossier:open={dossier}.{evidence}")


async def pressed(town: Town, talker: Talker, action: str) -> str:
    """A button with this action, made for this person: old ones come back like that."""

    def seal(unit: Unit) -> str:
        return town.house.seal.seal(_person_id(unit, talker), action)

    return await talker.press_data(await town.db.read(seal))


async def gives(town: Town, talker: Talker, evidence: str, number: int) -> str:
    """One photo for the paper, then "xong"."""
    await opened(town, talker, evidence)
    await talker.send(photo(town, number))
    town.clock.move(timedelta(minutes=1))
    return await talker.say("xong")


#: What a household of honey needs to hand in, without the paper-only report.
ENTRY = ("phieu_dang_ky", "san_pham_mau", "dang_ky_kinh_doanh", "nguon_goc_nguyen_lieu")


async def ready(town: Town, talker: Talker) -> None:
    """Everything needed to hand in is there."""
    for number, evidence in enumerate(ENTRY, 100):
        await gives(town, talker, evidence, number)
    await gives(town, talker, "giay_attp", 120)
    await talker.say("25/11/2028")
    await opened(town, talker, "bao_cao_tu_danh_gia")
    await talker.press("Có giấy rồi")
