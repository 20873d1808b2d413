"""What went wrong, said to a person: what happened, what it means for the archive, what to do next."""

from __future__ import annotations

from archive.errors import IbidError
from archive.model.document import Problem
from archive.model.sharing import Fault
from viewer.say.words import say


def say_error(error: Exception) -> str:
    """The sentences for an error; one that is not ours is a fault of Ibid's and they say only that."""
    return say(f"error-{error.code()}", **error.facts) if isinstance(error, IbidError) else say("error-bug")


def say_problem(problem: Problem) -> str:
    """The sentence for something about a file that a person should know though it came in."""
    return say(f"problem-{problem.code}", detail=problem.detail)


def say_fault(fault: Fault) -> str:
    """The sentence for something wrong in an archive."""
    return say(f"fault-{fault.problem}", where=fault.where, what=fault.what)


def name_fault(error: BaseException) -> str:
    """The kind of an exception and the line of our code it came from: never its text, which may quote a document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rsplit("/", 1)[-1]
    return f"{type(error).__name__}, {file}:{trace.tb_lineno}"
