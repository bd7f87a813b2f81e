"""`python -m newswatch`, with `plugins/` on the path."""

from newswatch.cli.main import main

if __name__ == "__main__":
    main()
