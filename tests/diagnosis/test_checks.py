"""What every table must hold."""

import pandas as pd
import pytest

from territ_kit.diagnosis.checks import check_codes, check_columns
from territ_kit.errors import InputError


def test_the_first_unknown_code_is_told_with_its_line_whatever_the_index():
    values = pd.Series(["a", "b", "b"], index=["x", "x", "y"])
    with pytest.raises(InputError, match=r"«\u00a0lettre\u00a0» vaut «\u00a0b\u00a0» \(ligne 2\)"):
        check_codes("lettre", values, {"a": "première"})


@pytest.mark.parametrize("table", [None, [[1]], "a"])
def test_what_is_no_table_is_refused_with_the_columns_to_write(table):
    with pytest.raises(InputError, match=r"n’est pas un tableau.*besoin"):
        check_columns("needs", table, ["besoin"])


def test_a_code_that_is_a_list_is_refused_as_any_other():
    with pytest.raises(InputError, match="lettre"):
        check_codes("lettre", pd.Series([["a"]]), {"a": "première"})
