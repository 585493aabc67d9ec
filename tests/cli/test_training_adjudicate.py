"""``snitp training adjudicate``: the third reader's sheet, written once and not over decisions."""

import pandas as pd

NAME = "training_pupils_14_17"


def test_the_sheet_is_written_once(tmp_path, snitp):
    for coder, codes in (("1", "images"), ("2", "images meeting")):
        row = {
            "session": "S-1",
            "sheet": "1",
            "occasion": "post",
            "text": "x",
            "coder": coder,
            "codes": codes,
        }
        pd.DataFrame([row]).to_csv(tmp_path / f"coding_{NAME}_coder{coder}.csv", index=False)
    done = snitp("training", "adjudicate", str(tmp_path), "--lang", "ro")
    assert done.returncode == 0 and "1 răspuns de hotărât" in done.stderr
    again = snitp("training", "adjudicate", str(tmp_path), "--lang", "ro")
    assert again.returncode == 2 and "există deja" in again.stderr
    assert snitp("training", "adjudicate", str(tmp_path), "--force").returncode == 0
