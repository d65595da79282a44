"""Territories: the case studies that come with the kit, and later those built from open data."""

from territ_kit.territory.cases import list_cases, load_case
from territ_kit.territory.territory import AGE_STARTS, ESP2013, Press, Territory, Voice

__all__ = ["AGE_STARTS", "ESP2013", "Press", "Territory", "Voice", "list_cases", "load_case"]
