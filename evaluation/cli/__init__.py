"""The command line ``snitp``: one module per group of commands, loaded when its command is called."""


def main() -> None:
    """Run the command line and exit with its status."""
    from evaluation.cli.app import app

    app.main(prog_name="snitp")
