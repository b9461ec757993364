"""How fast `mpr` is, beside others on the same content: `python -m bench` measures and writes `docs/performance.md`."""
