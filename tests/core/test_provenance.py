"""Rows in are rows used plus rows excluded with a reason."""

import pytest

from evaluation.core.provenance import Provenance, digest_file, digest_text

# SHA-256 of the three bytes "abc", published in FIPS 180-2, appendix B.1.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_rows_in_equal_rows_used_plus_rows_excluded():
    # 10 = 7 + 2 + 1
    kept = Provenance((), "count", rows_in=10, rows_used=7, excluded={"no answer": 2, "twice": 1})
    assert kept.rows_in == 10


@pytest.mark.parametrize(("used", "excluded"), [(7, {"no answer": 2}), (10, {"twice": 1}), (9, {})])
def test_a_row_that_disappears_or_appears_is_refused(used, excluded):
    with pytest.raises(ValueError, match="rows in must equal"):
        Provenance((), "count", rows_in=10, rows_used=used, excluded=excluded)


def test_a_digest_is_sha_256_of_the_bytes(tmp_path):
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    assert digest_file(path) == ABC
    assert digest_text("abc") == ABC
