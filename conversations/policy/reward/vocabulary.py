"""The words by which people tell of products, stars and rewards; folded, in both languages."""

from __future__ import annotations

from collections.abc import Sequence


def words(text: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(text.split())


#: Words that join two pieces, and words that open one and belong to it.
#: "so với", "mẹ con", "bố con": no joining words.
NOT_JOINS = frozenset(
    [("so", "voi"), ("me", "con"), ("bo", "con"), ("cha", "con"), ("vo", "con"), ("ba", "con")]
)
THEN = words("then to into roi toi den sang len tiep xong")
LISTS = words("va voi roi and then cung")
JOINS = words("va voi and plus con hay hoac or than but while")
OPENS = words("nay gio bay now neu rieng them sang roi then ma")
UP = words(
    """
    len nang leo nhay thanh vuot upgrade upgraded upgrades upgrading climb climbs climbed rise rises
    rising move moves moving moved go goes going jump jumps raised reaches promoted becomes become
    becoming turns turned tries try tried aims applies applied apply
    """
)
TO = words("to into toi den sang")
AGAIN = ("xet lai", "danh gia lai", "cham lai", "thi lai", "re evaluated")
ASKS = ("bao nhieu", "may", "how much", "what", "nhieu", "which", "bao nhiu", "may tien")
EACH_ONE = ("moi cai", "moi mon", "moi san pham", "each", "moi thu", "mot cai", "moi loai")
MAKES = words("lam co ban nuoi gom xuat bien nau muoi make makes sell sells")
#: Somebody or somewhere: no product of a list.
SOMEBODY = words(
    """
    toi em anh chi ong ba co chu bac nha minh o tai xa thon xom huyen que ten la my our we i in from
    at
    """
)
POLITE = words(
    """
    da thua oi a chao xin ad cho hoi vang u uh ok nhe deu roi chua khong duoc thi ma nay dat len la
    neu hang muc theo gio hon vay the hello hi please thanks cam on lan dau dung tong thuong
    """
)
SHORT = 4  # words of a product's name
#: Words that name no product.
PLAIN = words(
    """
    a ah oi nhe nha vay the la co khong duoc cho toi em anh chi minh cua thi ma o da roi ad u nao gi
    sao ai di nay do kia voi va hay con nua den tu ra vao len xuong tren trong ngoai de bi cung deu
    rat lam qua lai thay phai can muon biet hoi giup xin vui long ban ong ba chu bac bot shop day
    nhi hen ha ne thoi luon ca moi nhung cac mot nguoi chua tui hai bon sang pays mai neu nam truoc
    sau hom gio bay hien lan dot dau cuoi thang ngay thuong tien trieu dong ti tong cong gop het tat
    bao nhieu may nhan linh huong cap tra dat hang muc nang leo nhay thanh vuot xet danh gia cham
    san pham mon cai mat sp thu so hop tac xa ty doanh nghiep to htx dinh ho vo chong nong theo du
    kien thao tinh toan doan phuong an nghi quyet chinh sach quy cao nghe noi thong nuoc ocop luot
    rieng them tiep tuc tung nen su vi tai boi rang hon kem nhat chac han toanh vua luc khi dang se
    sap bang ki giay chung y chang tro cu nhu nhau phan chenh lech bu khoan ben it gan khoang is are
    was were what how of for my does did which who when where in and we our i if with be will must
    should by on at from this that or get gets got have has had your you me there any please us star
    stars reward rewards rewarded bonus prize money million total planned plan under proposed
    altogether all much would already received paid both each other one ones two more another new
    add now then later up extra difference sum come comes product products item items facility
    company household owner first second third far nothing none yet not no per as also onli just
    year next last move moves go goes going rises climb climbs upgrade upgraded they their its but
    than make makes made reach reached reaches straight hold holds won win wins op coop cooperative
    farm firm might could rate rating tier level mi faciliti compani monei mani ani onli
    """
)
#: One sum of everything.
TOGETHER = (
    "cong lai", "gop lai", "ca hai", "tong cong", "tong", "total", "together", "altogether",
    "cong don", "het thay", "ca thay", "cong ca", "in total", "ca 2", "tat ca", "cong",
)  # fmt: skip
RECEIVED = (
    "linh", "nhan", "huong", "duoc thuong", "tra", "da duoc", "da thuong", "received", "paid",
    "got", "rewarded", "hoi truoc duoc", "moi duoc", "cam",
)  # fmt: skip
PAST = (
    "da", "roi", "nam ngoai", "nam truoc", "nam kia", "dot truoc", "hoi truoc", "truoc day",
    "truoc kia", "hoi nam", "alreadi", "last year", "previousli", "before", "earlier", "luc",
    "dot roi", "xong", "khi",
)  # fmt: skip
HELD = (
    "da co", "da duoc", "da dat", "da linh", "da nhan", "da huong", "dang co", "san co", "von co",
    "alreadi", "had", "nam ngoai", "nam truoc", "nam kia", "hoi truoc", "dot truoc", "linh roi",
    "thang truoc", "tuan truoc", "months ago", "last month", "years ago",
    "nhan roi", "thuong roi", "tien roi", "huong roi", "last year", "was paid", "were paid",
    "truoc do co",
)  # fmt: skip
NONE_YET = (
    "chua linh", "chua nhan", "chua duoc", "chua huong", "chua mon", "chua co dong", "chua cai",
    "none rewarded", "nothing received", "not received", "never", "no reward yet", "chua he",
    "chua san pham", "chua lan", "none of", "chua thay", "not been rewarded", "not yet",
)  # fmt: skip
NEW = ("them", "nua", "moi", "tiep", "more", "another", "new", "add", "adds", "moi toanh")
NOW = (
    "nam nay", "gio", "now", "lan nay", "dot nay", "nay", "sang nam", "nam sau", "nam toi",
    "next year",
    "later", "bay gio", "mai mot", "sap toi", "this year", "neu",
)  # fmt: skip
#: Words that look like others without their marks.
ALIKE = {"cũng": "also", "cô": "mu", "cố": "gang"}
#: The same product again, with the stars it had.
SAME = ("giu", "van", "nguyen", "duy tri", "still", "keep", "keeps", "danh gia lai", "cham lai")
EACH = (
    "deu", "cung", "all", "both", "each", "every", "toan", "nao cung", "nao also", "dau also",
    "moi mon", "moi cai",
    "moi san pham", "tat ca", "cung duoc",
)  # fmt: skip
ALL = ("deu", "both", "all", "each", "dong loat", "cung luc", "cung nhau", "het")
THOSE = (
    "do", "kia", "ay", "no", "nay", "tren", "those", "these", "them", "that", "con lai", "it",
    "rest", "hai mon nay", "chinh",
)  # fmt: skip
#: Stars asked for, not had.
AIMS = (
    "xin", "nop", "de nghi", "du thi", "dang ki", "nham", "dinh", "phan dau", "applied",
    "apply", "aimed", "aiming", "tried", "hoped", "went for", "asked for",
)  # fmt: skip
MORE = ("them", "bu", "bu them", "chenh", "extra", "on top", "difference")
BEFORE = ("truoc do", "truoc day", "von", "dang", "ban dau", "before that", "previousli")
SAME_PRODUCT = (
    "cung mot san pham", "cung 1 san pham", "cung mot mon", "cung 1 mon", "same product",
    "mot san pham duy nhat", "1 san pham duy nhat", "chinh san pham do",
)  # fmt: skip
ASIDE = ("rieng", "trong do", "onli", "just", "alone")
LIKE = ("nhu", "giong", "like", "as for", "nhu hang", "khong phai", "not", "tu", "chu khong")
PROVINCE = (
    "tinh co", "ca tinh", "toan tinh", "tinh dang co", "tinh minh co", "tinh ta", "province has",
    "ha tinh co",
)  # fmt: skip
#: Products that bring nothing, and shares of a number that no count follows from.
STARLESS = ("chua co sao", "khong co sao", "chua dat sao", "chua duoc sao", "no stars")
SHARES = ("mot nua so", "nua so", "mot nua trong", "half of", "phan nua", "mot phan")
GOALS = ("muc tieu", "chi tieu", "target")
EACH_RANK = ("moi hang", "moi loai", "moi muc", "moi thu", "each rank", "each level", "one each")
#: "món đầu tỉnh định cho 100 triệu": the rule, not a product of one's own.
RULE = ("dinh cho", "dinh thuong", "du kien", "noi la", "nghe noi", "biet", "quy dinh", "planned")
#: "được thưởng 550 triệu phải không?": what somebody says, not what was paid.
CLAIMS = ("phai khong", "dung khong", "trung khong", "co phai", "dung chu", "dung chua", "right")
TAKES = ("bo", "bot", "tru", "without", "drop", "minus", "less", "rut", "bo ra", "thieu", "remove")
#: One sum that several share, not a sum for each.
SHARED = (
    "chia", "split", "share it", "share the", "shared", "divided", "divide", "binh quan",
    "dau nguoi", "per person", "per head", "per member",
)  # fmt: skip
#: Several people who own one producer.
TOGETHER_OWNED = (
    "chung mot", "chung 1", "chung von", "chung co so", "chung nhau", "chung san pham", "chung mon",
    "lam chung", "gop von", "gop suc", "cung mot", "cung 1", "cung co so", "same faciliti",
    "same compani", "jointli", "own together", "one faciliti",
)  # fmt: skip
RELATIVES = words("vo anh chi me ong bac mu brothers sisters")
#: Persons who have a producer each.
APART = (
    "rieng", "co so khac", "khac co so", "separate", "separateli", "own faciliti", "own compani",
    "different facilities", "moi nguoi mot", "moi nguoi 1", "moi dua mot", "khac nha", "ra rieng",
)  # fmt: skip
#: A product of its own that aims at a rank, though "lên" stands before the rank.
FRESH = (
    "them 1 mon", "them mot mon", "them 1 cai", "them 1 san pham", "mon moi", "cai moi",
    "san pham moi", "another product", "a new product",
)  # fmt: skip
STAR = ("sao", "star", "stars")
TWO_WORDS = ("san pham", "mat hang", "dac san")
NOUNS = words("mon cai product products item items goods loai thuc")
#: Counted things that are products only after a number.
CLASSES = words(
    """
    thu con dong hu goi hop lo chai lon binh tui sp hang banh ones teas speciality specialities
    specialties kinds sorts types foods
    """
)
BETWEEN = words("more new other different of our my ca deu")
#: Producers: what owns products and is rewarded for its first one.
FACILITY = (
    "to hop tac", "hop tac xa", "hop tac", "htx", "co so", "cong ti", "cong ty", "doanh nghiep",
    "chu the", "gia dinh", "don vi", "to hop", "xuong", "ho", "nha", "ben", "facilities",
    "facility", "companies", "company", "famili", "compani", "faciliti", "households",
    "household", "owners", "owner", "cooperatives", "cooperative", "co op", "co ops", "firms",
    "firm", "families", "family", "workshops", "workshop", "farms", "farm", "producers",
    "producer", "neighbours", "neighbors",
)  # fmt: skip
FACILITY_ENDS = words(
    "the dinh vi xa tac htx so ti ty nghiep hop xuong ho nha ben facility company firm"
)
CLIMB = words("len to toi nang thanh thang into")
POINTS = ("diem", "point", "points", "scored", "score")
SCORED = words("scored score scores cham duoc dat got")
SCORED_WITH = words("is was of duoc co chi moi dat onli at just")
WHOLE = words("ca moi cac nhung may")
WHOLE_OF = words("ca other all trong these those")
ENGLISH_AFTER = words(
    """
    got at with is has have had are moves move goes go of was were reached in that which
    """
)
ORDERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
MILLIONS = {"trieu": 1, "million": 1, "ti": 1000, "ty": 1000, "billion": 1000}
NOT_PRODUCTS = words(
    """
    nam thang ngay diem phan nguoi lan tram nghin year years day days points percent % times people
    vo anh chi bac chu dot vong gio tuoi bo me cha con chau ong nha ben ho htx xuong doi phuong cach
    huong lua
    """
)
BEFORE_YEAR = words("sang qua cuoi dau trong moi tung hang may")
AFTER_YEAR = words("nay ngoai kia truoc toi qua sau")


def facility(said: Sequence[str]) -> int:
    """How many words of the name of a kind of producer stand first; 0 when there is none."""
    names = (name.split() for name in FACILITY)
    return next((len(name) for name in names if list(said[: len(name)]) == name), 0)
