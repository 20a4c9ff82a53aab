"""Yes and no as exports write them."""

import pandas as pd

from pipeline.importing.parsing.cells import NULL_WORDS, Column, stripped

_YES = "true t yes y 1 1.0 on x wahr ja j oui vrai si sí verdadero vero sim verdadeiro waar closed"
_NO = "false f no n 0 0.0 off falsch nein non faux falso não nao onwaar nee open"
_MEANING = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)


def read_truths(cells: "pd.Series[str]") -> Column:
    """Read a column of yes and no; blank is missing."""
    bare = stripped(cells, NULL_WORDS)
    values = bare.str.lower().map(_MEANING).astype("boolean")
    return Column(taken=values, wrong=values.isna() & bare.notna())
