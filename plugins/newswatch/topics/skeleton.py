"""What a new topic begins as: a commented draft that is not in force."""

SKELETON = """\
# What this topic is about, in a sentence; what it is not, in another.
id: {name}
name: {name}
active: false           # a draft: take this line out to put it in force
description: The text mentions ...

groups:                 # words to look for, in any grouping by language
  name:
    en: [Example Name]  # endings of cases are found by themselves; a final * takes any ending
  act:
    en: [talks, negotiat*]

masks:                  # words that must not count; a mask covers its own words only
  - Example Name Airport

rules:                  # see docs/topics.md: AND OR IF AND NOT, NEAR/n ONEAR/n SENT PARA WITHOUT
  - id: named-in-talks
    when: name SENT act
    weight: 1.0
    because: Names it in talks

tests:
  - text: Example Name opened the talks on Monday.
    flag: true
  - text: A flight from Example Name Airport was late for the talks.
    flag: false
"""
