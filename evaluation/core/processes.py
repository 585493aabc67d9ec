"""Worker processes that do not outlive the one that started them."""

import os
import threading
import time

_INTERVAL = 1.0


def end_with_parent() -> None:
    """End this process within a second or two of its parent, however that ended.

    To be called in a worker as its first step: a build that was killed would otherwise leave workers behind that
    hold memory and wait for ever.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_INTERVAL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()
