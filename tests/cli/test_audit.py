"""``snitp audit`` on a folder that is no sealed run, and where it may not write."""


def test_a_folder_without_a_report_is_refused_in_a_sentence(snitp, tmp_path):
    done = snitp("audit", str(tmp_path), "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert "manifest.json: missing or not JSON" in done.stderr


def test_nothing_is_written_into_the_audited_folder(snitp, tmp_path):
    done = snitp("audit", str(tmp_path), "--out", str(tmp_path / "audit"), "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "a sealed folder is never written to" in done.stderr and not (tmp_path / "audit").exists()


def test_asking_needs_a_file_for_the_answers(snitp, tmp_path):
    done = snitp("audit", str(tmp_path), "--ask", "A. B.", "--lang", "en")
    assert done.returncode == 2 and "--answers" in done.stderr
