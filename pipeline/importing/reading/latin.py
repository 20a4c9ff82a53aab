"""Western or Central European: which of two encodings the accented letters of a text fit.

Both give nearly every byte a letter, so that counting letters cannot tell them apart. What tells
is where cp1252 would put a sign inside a word, or letters together that no Western language has.
"""

import re

_ACCENTED = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸŒŠŽ"
_KNOWN = _ACCENTED + " €‚„…‘’“”•–—™«»§©®°±²³·¹º¼½¾¿¡ª´£¥¢¨"  # noqa: RUF001 - they are what is meant
_ICELANDIC = set("ðþÐÞ")
"""In cp1254 they are Turkish; what else the text has decides."""
_FOREIGN_RUN = re.compile(rb"[\x80-\xff]{3}")
"""Three in a row are no Latin letters: Cyrillic, Greek or an Asian language."""
_LETTER = r"[^\W\d_ªº²³¹¼½¾]"
_CENTRAL = re.compile(
    "|".join(
        (
            # Polish, Slovak and Turkish letters come out as signs: Paweł is Pawe³, Łódź is £ódŸ.
            rf"{_LETTER}[³¹º¿ª¼¾][^\W\d_]",
            rf"{_LETTER}{{3}}[³¹¿¾]",
            rf"[£¥¼]{_LETTER}{{2}}",
            r"[^\W\d_]Ÿ|\\x(?:9d|8d)",
            # Czech: ì and ù end a word in Italian and French, ø keeps company with other vowels.
            r"ì[^\W\d_]|[^\W\d_]ù[^\W\d_]|ø[áíýù]|[áíýì]ø",
            r"[øè](?=\w*[šžý])|[šžý](?=\w*[øè])",
            # Polish: œ stands before u in French, æ never ends a word behind a consonant or œ.
            r"œ[^\Wu\d_]|[œñ]æ\b|\bœ[^\Wu]|[^\W\d_]ê\b|ñs|iñ\b",
        )
    )
)


def latin(sample: bytes) -> str:
    """Give cp1252 or cp1250 for lines in Latin letters, and nothing for others.

    >>> latin("Muñoz".encode("cp1252")), latin("Dvořák".encode("cp1250"))
    ('cp1252', 'cp1250')
    """
    western = sample.decode("cp1252", errors="replace")
    strange = {letter for letter in western if not letter.isascii()} - set(_KNOWN)
    icelandic = bool(_ICELANDIC & strange) and bool(set("áéíóúýæö") & set(western))
    if _FOREIGN_RUN.search(sample) or strange - (_ICELANDIC if icelandic else set()):
        return ""
    return western_or_central(sample)


def western_or_central(sample: bytes) -> str:
    """Give cp1250 for lines that would hold signs or letters out of place in cp1252."""
    western = sample.decode("cp1252", errors="backslashreplace")
    return "cp1250" if _CENTRAL.search(western) else "cp1252"
