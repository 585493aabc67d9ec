"""The one-page report of a training session, rendered from released numbers only."""

from evaluation.reporting.session.figures import Figures
from evaluation.reporting.session.model import SessionAbout
from evaluation.reporting.session.page import session_html

__all__ = ["Figures", "SessionAbout", "session_html"]
