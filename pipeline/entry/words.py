"""The words around a date or an amount, in the languages they are understood in.

Each entry is a regular expression over folded text. English is understood beside the company's own
language; a language that is missing here has its month and weekday names all the same.
"""

from dataclasses import dataclass, fields
from functools import cache

_NEVER = "(?!)"


@dataclass(frozen=True, kw_only=True)
class Words:
    """Alternatives for one meaning each; in the order of the longest first where it matters."""

    lead: str = _NEVER
    """What leads to the day of closing, and is swallowed with it."""
    end: str = _NEVER
    middle: str = _NEVER
    start: str = _NEVER
    next: str = _NEVER
    next_after: str = _NEVER
    """`next` where it stands behind its noun."""
    this: str = _NEVER
    within: str = _NEVER
    today: str = _NEVER
    tomorrow: str = _NEVER
    overmorrow: str = _NEVER
    day: str = _NEVER
    week: str = _NEVER
    month: str = _NEVER
    quarter: str = _NEVER
    year: str = _NEVER
    week_no: str = _NEVER
    end_of_month: str = _NEVER
    end_of_quarter: str = _NEVER
    end_of_year: str = _NEVER
    numbers: str = _NEVER
    """The words for one to twelve, separated by commas; alternatives by a stroke."""
    worth: str = _NEVER
    """What leads to an amount."""
    beside: str = _NEVER
    """What stands before a contact or is left over between the parts."""


_OF = {
    "en": Words(
        lead="(?:closing|closes|close|expected|due|by|until|till|before|on|in)(?: the)?",
        end="(?:the )?end(?: of)?(?: the)?",
        middle="(?:the )?mid(?:dle)?(?: of)?(?: the)?",
        start="(?:the )?(?:start|begin|beginning)(?: of)?(?: the)?",
        next="next|coming",
        this="this|current",
        within="in|within",
        today="today",
        tomorrow="tomorrow|tmrw",
        overmorrow="day after tomorrow",
        day="days?",
        week="weeks?|wks?",
        month="months?",
        quarter="quarters?",
        year="years?",
        week_no="week|calendar week|cw|wk",
        end_of_month="month[ -]?end|eom",
        end_of_quarter="quarter[ -]?end|eoq",
        end_of_year="year[ -]?end|eoy",
        numbers="one|a|an,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve",
        worth="worth|for|about|approx|at|amount|~",
        beside="for|from|at|with|to|by|and",
    ),
    "de": Words(
        lead="(?:abschluss|bis|am|im|zum|per|vor|ab|um)(?: zum| den| dem)?",
        end="(?:zum |bis )?ende(?: des| der)?",
        middle="mitte(?: des| der)?",
        start="(?:anfang|beginn)(?: des| der)?",
        next="nachste[nrsm]?|kommende[nrsm]?",
        this="diese[nrsm]?|laufende[nrsm]?",
        within="in|innert|binnen",
        today="heute",
        tomorrow="morgen",
        overmorrow="ubermorgen",
        day="tage?n?",
        week="wochen?",
        month="monate?[ns]?",
        quarter="quartale?[ns]?",
        year="jahre?[ns]?",
        week_no="kw|kalenderwoche|woche",
        end_of_month="monatsende",
        end_of_quarter="quartalsende",
        end_of_year="jahresende",
        numbers="eine[mnrs]?|ein,zwei,drei,vier,funf,sechs,sieben,acht,neun,zehn,elf,zwolf",
        worth="fur|ca|circa|rund|uber|betrag",
        beside="fur|bei|von|mit|an|und",
    ),
    "fr": Words(
        lead="(?:cloture|avant|jusqu.a|jusqu.au|d.ici|au|en|le)(?: le| la)?",
        end="(?:a la )?fin(?: de la| de l.| du| de| d.)?",
        middle="mi[ -]|milieu(?: de la| du| de)?",
        start="debut(?: de la| du| de)?",
        next="prochaine?s?",
        next_after="prochaine?s?",
        this="cet?|cette",
        within="dans|d.ici|sous",
        today="aujourd.hui",
        tomorrow="demain",
        overmorrow="apres[ -]demain",
        day="jours?",
        week="semaines?",
        month="mois",
        quarter="trimestres?",
        year="annees?|ans?",
        week_no="semaine|sem",
        end_of_month="fin de mois",
        end_of_quarter="fin de trimestre",
        end_of_year="fin d.annee",
        numbers="une|un,deux,trois,quatre,cinq,six,sept,huit,neuf,dix,onze,douze",
        worth="pour|environ|env|montant|a",
        beside="pour|chez|de|avec|et",
    ),
    "it": Words(
        lead="(?:entro|il|in)(?: il| la)?",
        end="fine(?: di| del| dell.)?",
        middle="meta(?: di| del)?",
        start="inizio(?: di| del)?",
        next="prossim[oa]",
        next_after="prossim[oa]",
        within="tra|fra|entro",
        today="oggi",
        tomorrow="domani",
        overmorrow="dopodomani",
        day="giorn[oi]",
        week="settiman[ae]",
        month="mes[ei]",
        quarter="trimestr[ei]",
        year="ann[oi]",
        numbers="uno|una|un,due,tre,quattro,cinque,sei,sette,otto,nove,dieci,undici,dodici",
        worth="per|circa",
        beside="per|da|di|con|e",
    ),
    "es": Words(
        lead="(?:antes del|hasta|el|en)(?: el| la)?",
        end="(?:a )?(?:fin|finales)(?: de| del)?(?: la)?",
        middle="mediados(?: de)?",
        start="principios(?: de)?",
        next="proxim[oa]",
        next_after="proxim[oa]|que viene",
        within="en|dentro de",
        today="hoy",
        tomorrow="manana",
        overmorrow="pasado manana",
        day="dias?",
        week="semanas?",
        month="mes(?:es)?",
        quarter="trimestres?",
        year="anos?",
        numbers="una|un|uno,dos,tres,cuatro,cinco,seis,siete,ocho,nueve,diez,once,doce",
        worth="por|unos",
        beside="para|de|con|y",
    ),
}


@cache
def words(language: str) -> Words:
    """English and the words of a language beside it; English alone where it has none here."""
    english, own = _OF["en"], _OF.get(language, _OF["en"])
    if own is english:
        return english
    return Words(
        **{
            each.name: _both(getattr(own, each.name), getattr(english, each.name))
            for each in fields(Words)
            if each.name != "numbers"
        },
        numbers=",".join(
            f"{ours}|{theirs}"
            for ours, theirs in zip(own.numbers.split(","), english.numbers.split(","), strict=True)
        ),
    )


def _both(own: str, english: str) -> str:
    return f"(?:{own}|{english})"
