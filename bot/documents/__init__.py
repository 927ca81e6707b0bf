"""What people send as papers, and the papers we make: pure functions of bytes.

All of it blocks and some of it is heavy: call it from a worker thread. Pillow, pikepdf, img2pdf and
docxtpl are imported by the functions that need them.
"""

from .forms import FIELDS as FIELDS
from .forms import Form as Form
from .forms import ScoreRow as ScoreRow
from .forms import fill_form as fill_form
from .pages import bind_pages as bind_pages
from .pages import can_bind as can_bind
from .photos import preview as preview
from .sniff import MAX_BYTES as MAX_BYTES
from .sniff import Accepted as Accepted
from .sniff import accept as accept
