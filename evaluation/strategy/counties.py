"""Romania's counties: codes, names, regions, and their places in the tile map."""

from functools import cache
from pathlib import Path

from pydantic import Field

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, check_unique, load_as

COUNTY_FILE = Path(__file__).resolve().parent / "frame" / "counties.yaml"


class County(Definition):
    """A county or the municipality of Bucharest; the id is the vehicle code."""

    id: str
    name: str
    region: str
    seat: str
    tile: tuple[int, int]
    aliases: tuple[str, ...] = ()


class _Counties(Definition):
    counties: tuple[County, ...] = Field(min_length=42, max_length=42)


@cache
def load_counties() -> tuple[County, ...]:
    """The 41 counties and Bucharest, by Romanian name."""
    loaded = load_as(_Counties, read_yaml(COUNTY_FILE), file=COUNTY_FILE.name)
    check_unique((one.id for one in loaded.counties), file=COUNTY_FILE.name)
    return loaded.counties
