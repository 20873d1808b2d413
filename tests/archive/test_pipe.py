"""Messages arrive whole, in order, and the end is an end."""

from __future__ import annotations

import os
import threading

import pytest

from archive.pipe import Pipe


@pytest.fixture
def ends() -> tuple[Pipe, Pipe]:
    there, here = os.pipe(), os.pipe()
    return Pipe(source=here[0], sink=there[1]), Pipe(source=there[0], sink=here[1])


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_001])
def test_a_message_arrives_whole(ends: tuple[Pipe, Pipe], size: int) -> None:
    near, far = ends
    message = os.urandom(size)
    sender = threading.Thread(target=near.send, args=(message,))
    sender.start()
    assert far.receive() == message
    sender.join()
    near.close()
    assert far.receive() is None
    far.close()


def test_a_message_cut_short_is_an_end_not_a_message(ends: tuple[Pipe, Pipe]) -> None:
    near, far = ends
    os.write(near._sink, b"\0\0\0\x10half")
    near.close()
    assert far.receive() is None
    far.close()


def test_sending_after_the_end_raises(ends: tuple[Pipe, Pipe]) -> None:
    near, far = ends
    near.finish_sending()
    with pytest.raises(BrokenPipeError):
        near.send(b"late")
    near.close()
    far.close()


def test_messages_of_several_threads_are_not_mixed(ends: tuple[Pipe, Pipe]) -> None:
    near, far = ends
    senders = [threading.Thread(target=lambda n=n: [near.send(bytes([n]) * 5000) for _ in range(20)]) for n in range(4)]
    for sender in senders:
        sender.start()
    got = [far.receive() for _ in range(80)]
    for sender in senders:
        sender.join()
    assert all(message is not None and len(message) == 5000 and len(set(message)) == 1 for message in got)
    near.close()
    far.close()
