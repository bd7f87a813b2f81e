"""The version of the figures of stories that is set."""

from __future__ import annotations

from newswatch.errors import SettingError
from newswatch.settings import Settings
from newswatch.stories.rules import STORY_RULES, StoryRules


def story_rules_of(version: int) -> StoryRules:
    """Raises `SettingError` naming the known versions."""
    if version not in STORY_RULES:
        known = ", ".join(map(str, sorted(STORY_RULES)))
        raise SettingError(f"there is no version {version} of stories", mend=f"known: {known}")
    return STORY_RULES[version]


def story_rules_set(settings: Settings) -> StoryRules:
    return story_rules_of(settings.story_version)
