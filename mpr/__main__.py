"""Lets `python -m mpr` run the command `mpr`."""

from mpr.cli.main import main

if __name__ == "__main__":  # a worker process imports this module too, under another name
    main()
