"""Celery in a process whose clock is wrong: `python -m tests.faults.jumped HOURS worker …`."""

import datetime
import sys

import time_machine
from celery.__main__ import main

if __name__ == "__main__":
    wrong = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=float(sys.argv.pop(1)))
    time_machine.travel(wrong, tick=True).start()
    main()
