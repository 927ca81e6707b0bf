"""The rules, places and words the assistant speaks from, as typed read-only objects."""

from models.content.check import validate
from models.content.checker import Problem
from models.content.content import Content, Example, load
from models.content.dossier import CaseKind, ChecklistItem, Evidence, ProducerType
from models.content.find_commune import CommuneMatch
from models.content.fold import fold
from models.content.law import Decision, RulesNotHeld
from models.content.national import Advice
from models.content.places import Commune, Province
from models.content.process import CommuneContent, Cutoff, ReturnReason
from models.content.reading import ContentError
from models.content.roots import content_root, provinces
from models.content.sets import ProductSet, Sector, SetMatch
from models.content.sheet import Answers, Gap, Item, Option, Ranking, ScoreSheet
from models.content.text import Text
from models.content.times import Times

__all__ = [
    "Advice",
    "Answers",
    "CaseKind",
    "ChecklistItem",
    "Commune",
    "CommuneContent",
    "CommuneMatch",
    "Content",
    "ContentError",
    "Cutoff",
    "Decision",
    "Evidence",
    "Example",
    "Gap",
    "Item",
    "Option",
    "Problem",
    "ProducerType",
    "ProductSet",
    "Province",
    "Ranking",
    "ReturnReason",
    "RulesNotHeld",
    "ScoreSheet",
    "Sector",
    "SetMatch",
    "Text",
    "Times",
    "content_root",
    "fold",
    "load",
    "provinces",
    "validate",
]
