"""Two people, one object: which fields did both change?"""

from collections.abc import Mapping

from gebieden.domein.fouten import BotsingError, Veldbotsing

Velden = Mapping[str, object]


def merge_velden(basis: Velden, nu: Velden, wens: Velden) -> dict[str, object]:
    """Return the fields to store: `wens` where this person changed something, `nu` elsewhere.

    `basis` is what this person started from, `nu` what is stored. Raise BotsingError when a field was changed by
    both, in different ways; what only one of them changed never clashes.
    """
    gewijzigd = {veld for veld, waarde in wens.items() if waarde != basis[veld]}
    botsingen = [
        Veldbotsing(veld, basis[veld], nu[veld], wens[veld])
        for veld in wens
        if veld in gewijzigd and nu[veld] not in (basis[veld], wens[veld])
    ]
    if botsingen:
        raise BotsingError(
            "Iemand anders heeft dit intussen ook veranderd. Er is nog niets opgeslagen. "
            "Kies per onderdeel wat het moet worden en sla daarna opnieuw op.",
            botsingen,
            nu,
        )
    return {veld: wens[veld] if veld in gewijzigd else nu[veld] for veld in wens}


def settle_botsing(fout: BotsingError, basis: Velden, wens: Velden, keuzes: Velden) -> tuple[Velden, Velden]:
    """Return the basis and the wish to save again with, now that this person has chosen per clashing field.

    The basis stays what it was but for those fields: what only the other changed is not to be undone.
    """
    return {**basis, **{b.veld: b.nu for b in fout.velden}}, {**wens, **keuzes}
