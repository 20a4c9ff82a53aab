"""Lifetimes: figures worked out by hand, what other packages make of them, and what must hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from pipeline.metrics.survival import (
    aalen_johansen,
    crossing,
    in_words,
    kaplan_meier,
    lifetimes,
    mean_of,
    median_of,
    quartiles,
)

KEY = ["stage"]
OVER = ("over",)
PROPOSE = [(21, "over"), (32, "over"), (38, "open"), (42, "over")]
PROPOSE += [(39, "open"), (54, "over"), (31, "over"), (28, "over")]
"""The eight stays of F10 in stage 2; two are still there."""
AGES = [(64, "won"), (54, "lost"), (64, "won"), (58, "open"), (131, "open")]
AGES += [(103, "lost"), (21, "open"), (118, "won"), (49, "open"), (93, "open")]
"""How old the ten of F10 became before they were won or lost, or are."""
KINDS = ("won", "lost")
LIVES = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["won", "lost", "open"])),
    min_size=1,
    max_size=60,
)


def counted(lives: list[tuple[int, str]], stage: int = 2) -> pd.DataFrame:
    """Count lives by length and end, as a query would."""
    rows = pd.DataFrame(lives, columns=["days", "kind"]).assign(stage=stage)
    counts: pd.DataFrame = rows.groupby(["stage", "days", "kind"]).size().reset_index(name="number")
    return counts


def curve(lives: list[tuple[int, str]], kinds: tuple[str, ...] = OVER) -> pd.DataFrame:
    """Give the Kaplan-Meier curve of lives."""
    return kaplan_meier(lifetimes(counted(lives), KEY, kinds), KEY, kinds)


def cif(lives: list[tuple[int, str]]) -> pd.DataFrame:
    """Give the competing curves of lives that are won or lost."""
    return aalen_johansen(lifetimes(counted(lives), KEY, KINDS), KEY, KINDS)


def test_the_steps_of_stage_two() -> None:
    """Eight came in; an eighth had left after 21 days, half after 32, all after 54."""
    steps = curve(PROPOSE)
    ended = steps[steps["over"] > 0]
    assert ended["days"].tolist() == [21, 28, 31, 32, 42, 54]
    assert ended["survival_rate"].tolist() == pytest.approx([0.875, 0.75, 0.625, 0.5, 0.25, 0])
    assert steps["at_risk"].tolist() == [8, 7, 6, 5, 4, 3, 2, 1]


def test_the_median_is_the_first_day_by_which_half_had_left() -> None:
    """32, where the curve reaches one half; the mean of the flat step would be 37."""
    assert quartiles(curve(PROPOSE), KEY).to_numpy().tolist() == [[28, 32, 42, 54]]


def test_a_median_that_was_never_reached_lies_beyond_the_longest() -> None:
    """One of three left; what is known is that half take longer than the 93 days seen."""
    steps = quartiles(curve([(10, "over"), (49, "open"), (93, "open")]), KEY)
    assert steps["median_days"].isna().all()
    assert in_words(steps["median_days"], steps["longest_days"]).tolist() == ["≥ 93"]
    assert in_words(steps["p25_days"], steps["longest_days"]).tolist() == ["10"]


def test_plain_mean_and_median_leave_out_what_lasts() -> None:
    """21, 28, 31, 32, 42, 54: mean 34.67, median between 31 and 32."""
    over = counted([life for life in PROPOSE if life[1] == "over"])
    assert mean_of(over, KEY).tolist() == pytest.approx([34.6667], abs=1e-4)
    assert median_of(over, KEY).tolist() == [31.5]
    assert median_of(counted([(3, "over"), (5, "over"), (5, "over")]), KEY).tolist() == [5]


def test_the_competing_shares_of_the_ten() -> None:
    """By day 131, 48.6 percent won, 31.9 lost, 19.4 open; a naive curve would say 66.7 won."""
    steps = cif(AGES).set_index("days").loc[[54, 64, 103, 118]]
    assert steps["at_risk"].tolist() == [8, 6, 3, 2]
    assert steps["won_rate"].tolist() == pytest.approx([0, 0.2917, 0.2917, 0.4861], abs=1e-4)
    assert steps["lost_rate"].tolist() == pytest.approx([0.125, 0.125, 0.3194, 0.3194], abs=1e-4)
    assert steps["survival_rate"].tolist() == pytest.approx(
        [0.875, 0.5833, 0.3889, 0.1944], abs=1e-4
    )
    naive = kaplan_meier(lifetimes(counted(AGES), KEY, ("won",)), KEY, ("won",))
    assert 1 - naive["survival_rate"].iloc[-1] == pytest.approx(2 / 3)


def test_groups_do_not_mix() -> None:
    """Two stages side by side have the curves they have alone."""
    both = pd.concat([counted(PROPOSE), counted(AGES, stage=3).replace({"kind": {"won": "over"}})])
    together = kaplan_meier(lifetimes(both, KEY, OVER), KEY, OVER)
    alone = curve(PROPOSE)
    shown = together[together["stage"] == 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(shown, alone)


@given(lives=LIVES)
def test_lifelines_draws_the_same_curve_and_interval(lives: list[tuple[int, str]]) -> None:
    """Kaplan-Meier with the log-log interval of Greenwood's variance, wherever it is inside."""
    ours = curve([(days, "over" if kind == "won" else "open") for days, kind in lives])
    fitted = KaplanMeierFitter().fit(
        [days for days, _ in lives], [kind == "won" for _, kind in lives]
    )
    theirs = fitted.survival_function_.iloc[:, 0].reindex(ours["days"])
    assert ours["survival_rate"].to_numpy() == pytest.approx(theirs.to_numpy(), abs=1e-9)
    inside = ((ours["survival_rate"] > 1e-9) & (ours["survival_rate"] < 1)).to_numpy()
    bounds = fitted.confidence_interval_.loc[ours["days"][inside]].to_numpy()
    assert ours.loc[inside, ["survival_low", "survival_high"]].to_numpy() == pytest.approx(
        bounds, abs=1e-6
    )


@given(lives=LIVES)
def test_statsmodels_draws_the_same_curves(lives: list[tuple[int, str]]) -> None:
    """The survival function, its standard error by the interval, and both cumulative incidences."""
    times = [days for days, _ in lives]
    codes = np.array([{"open": 0, "won": 1, "lost": 2}[kind] for _, kind in lives])
    ours = cif(lives).set_index("days")
    survival = SurvfuncRight(times, codes > 0)
    assert ours["survival_rate"].loc[survival.surv_times].to_numpy() == pytest.approx(
        survival.surv_prob, abs=1e-9
    )
    if {1, 2} <= set(codes):
        # Its standard errors, which are not compared, divide by zero where all end on one day.
        with np.errstate(divide="ignore", invalid="ignore"):
            theirs = CumIncidenceRight(times, codes)
        for kind, expected in zip(KINDS, theirs.cinc, strict=True):
            assert ours[f"{kind}_rate"].loc[theirs.times].to_numpy() == pytest.approx(
                expected, abs=1e-9
            )


def test_lifelines_draws_the_same_competing_curve() -> None:
    """The win curve of the ten, tie by tie; lifelines moves tied ends apart unless told not to."""
    fitter = AalenJohansenFitter(calculate_variance=False, seed=1)
    codes = {"open": 0, "won": 1, "lost": 2}
    apart = [(days + place * 1e-9, kind) for place, (days, kind) in enumerate(AGES)]
    fitted = fitter.fit(
        [days for days, _ in apart], [codes[kind] for _, kind in apart], event_of_interest=1
    )
    ours = cif(AGES).set_index("days")["won_rate"]
    assert fitted.cumulative_density_.iloc[-1, 0] == pytest.approx(ours.iloc[-1], abs=1e-6)


@given(lives=LIVES)
def test_scipy_draws_the_same_curve(lives: list[tuple[int, str]]) -> None:
    """SciPy's empirical survival function of censored data, at its own steps."""
    ended = [float(days) for days, kind in lives if kind != "open"]
    lasting = [float(days) for days, kind in lives if kind == "open"]
    theirs = ecdf(CensoredData(uncensored=ended, right=lasting)).sf
    ours = cif(lives).set_index("days")["survival_rate"]
    at_theirs = ours.reindex(theirs.quantiles).to_numpy()
    assert at_theirs == pytest.approx(theirs.probabilities, abs=1e-9)


@given(lives=LIVES)
def test_the_shares_lie_between_nought_and_one_and_add_up(lives: list[tuple[int, str]]) -> None:
    """At every day won, lost and still open are all there is; only the last of them can fall."""
    steps = cif(lives)
    shares = steps[["won_rate", "lost_rate", "survival_rate"]]
    assert (shares.to_numpy() >= -1e-12).all()
    assert (shares.to_numpy() <= 1 + 1e-12).all()
    assert shares.sum(axis="columns").to_numpy() == pytest.approx(np.ones(len(steps)))
    assert (steps[["won_rate", "lost_rate"]].diff().dropna() >= -1e-12).all(axis=None)
    assert (steps["survival_rate"].diff().dropna() <= 1e-12).all()


@given(lives=LIVES)
def test_where_nothing_lasts_the_curve_is_the_distribution(lives: list[tuple[int, str]]) -> None:
    """Kaplan-Meier without open stays is one minus the share of lengths seen by then."""
    lengths = np.array([days for days, _ in lives])
    steps = curve([(days, "over") for days, _ in lives])
    expected = [(lengths > day).mean() for day in steps["days"]]
    assert steps["survival_rate"].to_numpy() == pytest.approx(expected, abs=1e-9)
    half = crossing(steps, KEY, 0.5).iloc[0]
    assert half == np.sort(lengths)[(len(lengths) - 1) // 2]


@given(lives=LIVES)
def test_the_interval_holds_the_curve(lives: list[tuple[int, str]]) -> None:
    """Low, rate and high are in order and never leave 0 to 1."""
    steps = curve(lives, KINDS)
    assert (steps["survival_low"] <= steps["survival_rate"] + 1e-12).all()
    assert (steps["survival_rate"] <= steps["survival_high"] + 1e-12).all()
    assert steps[["survival_low", "survival_high"]].to_numpy().min() >= -1e-12
    assert steps[["survival_low", "survival_high"]].to_numpy().max() <= 1 + 1e-12
