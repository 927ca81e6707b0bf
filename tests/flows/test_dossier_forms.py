"""The forms filled in and sent into the chat; filled anew when the answers change."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from models.database import Unit
from models.tables import Producer
from tests.flows.household import gives, household
from tests.flows.talk import Talker, Town, town


def words_of(here: Town, key: str) -> str:
    """The text of a Word file."""
    import docx

    document = docx.Document(BytesIO(here.files.get(key)))
    cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


async def forms(here: Town, talker: Talker) -> tuple[str, dict[str, str]]:
    """Ask for the forms: the letter, and the text of each file by its name."""
    await talker.say("/dossier")
    await talker.press("Điền mẫu 01, 02")
    await here.jobs.drain()
    letter = await talker.letters()
    return letter, {f.name[:6]: words_of(here, f.key) for f in talker.heard[-1].files}


async def test_the_forms_hold_what_was_told_and_name_what_was_not(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        letter, files = await forms(here, lan)
        assert "Hộ Nguyễn Văn Cường" in files["mau_01"] and "0912 345 678" in files["mau_01"]
        assert "Lần đầu ☑" in files["mau_01"] and "số lượng): 5" in files["mau_01"]
        assert "28A8001234" in files["mau_02"] and "Tổ chức sản xuất" in files["mau_02"]
        assert "a) Giấy đăng ký kinh doanh: ☑" in files["mau_02"]
        assert "công bố chất lượng sản phẩm theo quy định: ☐" in files["mau_02"]
        assert "Chức vụ" in letter and "Dân tộc" in letter


async def test_they_follow_later_answers(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await forms(here, lan)
        await gives(here, lan, "cong_bo_chat_luong", 1)

        def rename(unit: Unit) -> None:
            unit.get_one(Producer, 1).name = "Hộ Trần Thị Lan"

        await here.db.run(rename)
        _, files = await forms(here, lan)
        assert "Hộ Trần Thị Lan" in files["mau_01"] and "Nguyễn Văn Cường" in files["mau_01"]
        assert "công bố chất lượng sản phẩm theo quy định: ☑" in files["mau_02"]
