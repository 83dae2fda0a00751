"""The place of a point in a table: longitude and latitude, both or neither, in the Netherlands."""

from gebieden.inlezen.rijen import Rij
from gebieden.inlezen.velden import parse_getal

LON_BEREIK = (3.2, 7.3)
LAT_BEREIK = (50.7, 53.7)


def read_lon_lat(rij: Rij) -> tuple[float | None, float | None]:
    """Return WGS84 degrees, or (None, None) when the row has no place or a faulty one."""
    lon, lat = rij.read("lon", parse_getal), rij.read("lat", parse_getal)
    if bool(rij.get("lon")) != bool(rij.get("lat")):
        leeg = "lat" if rij.get("lon") else "lon"
        rij.refuse(
            "plaats_half",
            leeg,
            f"{leeg} is leeg en de andere niet.",
            "lon en lat allebei, of geen van beide",
            "Vul beide in, of maak beide leeg.",
        )
    if lon is None or lat is None:
        return None, None
    if not is_in_nederland(lon, lat):
        rij.refuse(
            "plaats_buiten_nederland",
            "lon",
            f"lon {lon}, lat {lat} ligt niet in Nederland.{_explain(lon, lat)}",
            f"lon van {LON_BEREIK[0]} tot {LON_BEREIK[1]} en lat van {LAT_BEREIK[0]} tot {LAT_BEREIK[1]} graden",
            "Verbeter de coördinaten.",
        )
        return None, None
    return lon, lat


def is_in_nederland(lon: float, lat: float) -> bool:
    """Return whether a point in degrees lies in the box around the Netherlands."""
    return LON_BEREIK[0] <= lon <= LON_BEREIK[1] and LAT_BEREIK[0] <= lat <= LAT_BEREIK[1]


def _explain(lon: float, lat: float) -> str:
    if is_in_nederland(lat, lon):
        return " Lon en lat zijn waarschijnlijk omgewisseld."
    if abs(lon) > 180 or abs(lat) > 90:
        return " Dit lijken meters in RD."
    return ""
