"""The annexes on response and comments: one row each, and a row that says so where there is nothing."""

from pathlib import Path

from evaluation.judgement.comments import load_comments, printed_comments
from evaluation.judgement.paper_listings import list_comments, list_response
from evaluation.judgement.store import accepted_recommendations, load_judgement

FOLDER = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement" / "interim-2026"
JUDGEMENT = load_judgement(FOLDER)


def test_a_recommendation_without_an_answer_is_told_as_unanswered():
    chosen = accepted_recommendations(JUDGEMENT, synthetic=True)
    found = list_response(chosen, JUDGEMENT.responses, sources=()).texts.set_index("id")
    assert found.loc["R-03", "accepted.ro"] == "fără răspuns"
    assert found.loc["R-04", ["accepted.en", "status.en", "action_deadline.en"]].tolist() == [
        "partly", "under way", "30 June 2028",
    ]  # fmt: skip


def test_without_recommendations_and_comments_the_annexes_say_so():
    response, comments = list_response((), (), sources=()).texts, list_comments((), sources=()).texts
    assert response.loc[0, "statement.en"] == "There is no accepted recommendation yet."
    assert comments.loc[0, "comment.ro"] == "Agenția nu a trimis încă nicio observație."
    assert set(response.columns) >= {"accepted.ro", "note.en"} and set(comments.columns) >= {"what.ro"}


def test_an_unanswered_comment_is_printed_as_such_and_invented_ones_are_marked():
    comments = load_comments(FOLDER, JUDGEMENT)
    listed = list_comments(comments, sources=())
    found = listed.texts.set_index("id")
    assert found.loc["AC-03", ["answer.en", "changed.en"]].tolist() == ["unanswered", "–"]
    assert found.loc["AC-02", "changed.ro"] == "nu" and listed.provenance.synthetic


def test_invented_comments_do_not_enter_a_real_report():
    assert printed_comments(load_comments(FOLDER, JUDGEMENT), synthetic=False) == ()
