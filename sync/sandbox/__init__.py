"""The practice ATS and the capture mailbox: outside systems to learn and test with."""
