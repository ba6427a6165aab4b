"""The way to a Dask scheduler, and each reason why there is none in a sentence."""

import asyncio
import logging
import warnings
from importlib.metadata import version
from typing import Any

import dask
from distributed import Client, Security
from distributed.comm.addressing import get_address_host_port, parse_address
from distributed.comm.core import connect

from torchkata.grading.cluster import seat
from torchkata.grading.judging.work import NoJudges


def check_address(address: str) -> None:
    """See that the address can be one of a scheduler. Raises ValueError."""
    try:
        get_address_host_port(address)
    except ValueError as error:
        raise ValueError(f"{address!r} is no address of a scheduler: {error}.") from None
    secure = Security().get_connection_args("client")["ssl_context"]  # type: ignore[no-untyped-call]
    if parse_address(address)[0] == "tls" and secure is None:
        raise ValueError(
            f"{address} needs a certificate: give it in Dask's settings distributed.comm.tls."
        )


def connected(address: str, patience: float) -> Any:
    """A client of the scheduler at an address, which may take `patience` seconds to answer.

    Raises NoJudges where there is none, or one that can't pass on what it is sent. Most of a client
    has no type hints.
    """
    _quieten()
    # Else it keeps the last thousand messages that it sent, with the files in them.
    dask.config.set({"distributed.admin.low-level-log-length": 1})
    nobody = f"No Dask scheduler answers at {address} within {patience:g} s."
    try:
        asyncio.run(_answers(address, patience))
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=patience, set_as_default=False
        )
    except TimeoutError:
        raise NoJudges(nobody) from None
    except (OSError, ImportError) as error:
        late = str(error).startswith("Timed out")
        why = f"The scheduler at {address} can't be reached: {error}"
        raise NoJudges(nobody if late else why) from None
    try:
        _check(client, address)
    except BaseException:
        client.close(timeout=patience)
        raise
    return client


def _check(client: Any, address: str) -> None:
    """See that the scheduler has what it needs. Raises NoJudges."""
    try:
        found = client.get_versions()["scheduler"]["packages"]["distributed"]
        if found != version("distributed"):
            raise NoJudges(
                f"The scheduler at {address} has distributed {found}, and this machine "
                f"{version('distributed')}: both must be the same."
            )
        client.run_on_scheduler(seat.is_known)
    except (ImportError, AttributeError) as error:
        raise NoJudges(
            f"The scheduler at {address} runs without this torchkata, which it needs to pass work "
            f"on: {error}."
        ) from None
    except OSError as error:
        raise NoJudges(f"The scheduler at {address} was lost: {error}") from None


async def _answers(address: str, patience: float) -> None:
    """See that a scheduler is there. Raises TimeoutError, or another OSError.

    A client would wait without end for what takes a connection and never answers, as the port of
    its dashboard does.
    """
    secure = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    line = await asyncio.wait_for(
        connect(address, timeout=patience, **secure),  # type: ignore[no-untyped-call]
        patience,
    )
    await line.close()


def _quieten() -> None:
    """Say nothing of what Dask logs here, unless its settings ask for it: errors are told."""
    warnings.filterwarnings("ignore", module=r"distributed\b")
    if not dask.config.get("logging", None):
        for name in ("distributed", "distributed.client", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
