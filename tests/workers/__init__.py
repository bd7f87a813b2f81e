"""`make celery-demo`: the sample newsroom on two Celery workers, which are killed at their work."""
