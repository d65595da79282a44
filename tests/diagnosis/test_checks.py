"""What every table must hold."""

import pandas as pd
import pytest

from territ_kit.diagnosis.checks import check_codes
from territ_kit.errors import InputError


def test_the_first_unknown_code_is_told_with_its_line_whatever_the_index():
    values = pd.Series(["a", "b", "b"], index=["x", "x", "y"])
    with pytest.raises(InputError, match=r"«\u00a0lettre\u00a0» vaut «\u00a0b\u00a0» \(ligne 2\)"):
        check_codes("lettre", values, {"a": "première"})
