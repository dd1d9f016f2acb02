"""`doctor`: checks everything that the bot needs, and says how to mend what is not well."""

import argparse
import asyncio
import os


def run(_arguments: argparse.Namespace) -> int:
    """Print a line for each check; 2 where something needs mending."""
    from bot.doctor import MEND, examine

    findings = asyncio.run(examine(os.environ))
    for one in findings:
        print(f"{one.state:<6}{one.what}")
    to_mend = sum(one.state == MEND for one in findings)
    print(f"\n{to_mend} to mend." if to_mend else "\nAll is well.")
    return 2 if to_mend else 0
