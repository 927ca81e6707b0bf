"""The same Word content as the same bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest an archive can say


def steady(docx: bytes) -> bytes:
    """`docx` without the time of packing, so that equal content is one file in the store."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as packed, zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            again.writestr(zipfile.ZipInfo(name, EPOCH), packed.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
