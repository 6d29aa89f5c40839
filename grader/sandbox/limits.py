"""What one student process may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one student process.

    wall_seconds : time the process may spend answering, all calls together.
    memory_mib : memory it may take beyond what the interpreter and its libraries hold already.
    output_kib : text it may print.
    reply_mib : size of one reply.
    files_mib : size of its working folder; the sandbox reserves no more than 64.
    nice : how far it stands back for others where the machine is busy, from 0 to 19 as for Unix's nice.
    """

    wall_seconds: float = 10.0
    memory_mib: int = 512
    output_kib: int = 64
    reply_mib: int = 64
    files_mib: int = 32
    nice: int = 0
