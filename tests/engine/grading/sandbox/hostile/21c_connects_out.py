"""Sends to the world outside: by TCP, by UDP, by raw sockets, by packets."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import socket

import torch


def reached():
    for host, port in (("1.1.1.1", 53), ("8.8.8.8", 443), ("169.254.169.254", 80)):
        with contextlib.suppress(OSError), socket.socket() as channel:
            channel.settimeout(0.2)
            channel.connect((host, port))
            return True
        with contextlib.suppress(OSError), socket.socket(type=socket.SOCK_DGRAM) as channel:
            channel.sendto(b"forged", (host, port))
            return True
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        return True
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        return True
    return False


WON = reached()


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), int(WON))
