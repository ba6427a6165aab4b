"""The devices that a run judges on, and sim, the simulated accelerator."""
