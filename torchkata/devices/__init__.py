"""Devices that a run judges on: cpu, cuda and sim, the simulated accelerator."""
