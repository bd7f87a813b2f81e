"""What turns headlines into a reader's language: a program or a service of the operator's."""
